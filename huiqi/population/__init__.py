"""The same graph as SQL over many applicants."""
