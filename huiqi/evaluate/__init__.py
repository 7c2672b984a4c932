"""One applicant: facts in, results with reasons out."""
