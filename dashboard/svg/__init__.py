"""Charts as SVG text, from pure functions; every text in them is escaped."""
