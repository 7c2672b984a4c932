"""Policy packs: the model, the reader, the registry of what is installed."""
