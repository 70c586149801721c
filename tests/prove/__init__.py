"""Longer proofs than a test run has time for: `make prove-NAME`; tests run a small sample."""
