"""Made-up returns of a made-up country, and a round of collecting and publishing them."""
