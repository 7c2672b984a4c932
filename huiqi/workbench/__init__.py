"""The workbench of a pack: hand-computed cases, what they cover, what they would notice, and the lint."""
