"""Tests of the table of figures that ships."""
