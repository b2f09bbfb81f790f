"""Pay that follows performance and discipline."""
