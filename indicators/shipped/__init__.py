"""The published figures that ship with the software, in one compact table of our own."""
