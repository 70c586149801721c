"""What people of each role come for, from the first page to the answer, in a real browser."""
