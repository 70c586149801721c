"""Tests of etl: files, findings, published statistics."""
