"""One room per regulation."""
