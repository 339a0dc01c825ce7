"""Time-sliced maps of territorial control, first for Myanmar."""
