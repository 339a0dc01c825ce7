"""What a run hands out: the page, GeoJSON and tables."""
