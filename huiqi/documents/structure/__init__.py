"""Lines → blocks → numbered parts with the clause ids of packs."""
