"""Places: names and points of others, and the townships of a package that they mean."""
