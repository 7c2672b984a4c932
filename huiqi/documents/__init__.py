"""Official texts: their outline, metadata and wording (`reader.read_file` → `tree.Document`), figures, locks and drafts."""
