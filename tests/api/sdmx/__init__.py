"""SDMX: the words of the standard over the same figures."""
