"""The steps, each applied once and never changed afterwards."""
