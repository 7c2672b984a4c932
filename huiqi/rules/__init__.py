"""A measure lowered once to one graph; from it pairs for missing facts, plain programs, sentences."""
