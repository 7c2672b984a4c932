"""Text to typed tree: YAML with places, units, expressions, diagnostics. No input or output here."""
