"""Data from outside into a package: a plan first, then one change, whole or not at all, which can be undone."""
