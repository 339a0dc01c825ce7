"""Pictures for articles, screens and paper: maps, charts, and films of the timeline."""
