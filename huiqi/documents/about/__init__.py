"""What a policy says of itself and of its offices."""
