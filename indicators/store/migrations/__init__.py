"""How the tables of the store came about, one step a file."""
