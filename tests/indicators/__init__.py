"""Tests of the indicators package."""
