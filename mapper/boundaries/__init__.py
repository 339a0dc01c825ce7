"""Township polygons from those who publish them: their terms, the file, and whether a map can be drawn with it."""
