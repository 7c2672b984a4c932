"""A plain page on this machine: the example firms matched on a date, and the policies behind it."""
