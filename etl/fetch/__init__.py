"""Download published statistics from their publishers, so that they can be loaded."""
