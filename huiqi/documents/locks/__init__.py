"""Every printed figure, what it does in its sentence, and the parameter of a pack that holds it."""
