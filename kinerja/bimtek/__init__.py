"""The hall of 84: lessons, exercises and servers for a training of one or two days (bimtek)."""
