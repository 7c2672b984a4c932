"""从优、就高、不重复: which results stand together, under the limits inside one applicant."""
