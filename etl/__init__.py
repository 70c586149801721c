"""From files to figures: reading, checking, assembling."""
