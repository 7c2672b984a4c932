"""Huiqi 惠企: industrial policy as code."""

__version__ = "0.1.0"
