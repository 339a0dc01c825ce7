"""Where data comes in: the data package and outside files."""
