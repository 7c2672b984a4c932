"""A text → the skeleton of a pack."""
