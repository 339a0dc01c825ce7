"""Places: names and points of others, and the townships of a package that they mean."""

from mapper.matching.spelling import plain

__all__ = ["plain"]
