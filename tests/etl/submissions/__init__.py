"""Tests of authorities' returns."""
