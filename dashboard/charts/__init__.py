"""Charts as things of their own: what each is made of, its picture, its frame, its addresses."""
