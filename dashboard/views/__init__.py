"""What pages ask the API for, and what they hold of its answers."""
