"""The profile of an authority: its lines once, and how paper and workbook write them."""
