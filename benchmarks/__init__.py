"""Ratios against named references in the same run."""
