"""The numbers we promise, measured in one run: `make bench` prints them."""
