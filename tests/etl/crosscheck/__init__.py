"""Tests of the cross-check with the figures of another tool."""
