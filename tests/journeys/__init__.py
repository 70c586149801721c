"""The whole path: files or returns through commands and store to API and page."""
