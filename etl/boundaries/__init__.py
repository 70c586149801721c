"""Loading boundaries of areas from a file of shapes."""
