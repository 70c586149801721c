"""Returns of authorities: reading, checking and loading base counts, and templates for them."""
