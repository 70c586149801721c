"""Tests of practice: made-up returns, their stories, a round of them."""
