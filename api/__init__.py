"""The open indicator API."""
