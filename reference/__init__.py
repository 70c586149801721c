"""Facts that no indicator owns: places over time, neighbours, inspections, periods."""
