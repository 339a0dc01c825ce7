"""Pictures for articles, screens and paper: a map of one date, several side by side, charts, and films of the timeline."""
