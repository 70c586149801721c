"""Pages, one module each: from the client and a state to a page."""
