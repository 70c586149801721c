"""Plain English for numbers, periods, statuses and comparisons, from pure functions."""
