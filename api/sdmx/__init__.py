"""SDMX 2.1 over REST: the same figures and definitions in the words of statistical clients."""
