"""Parts of pages, as pure functions from data to nodes."""
