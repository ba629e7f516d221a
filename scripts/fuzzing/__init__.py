"""Random stores and random statements for the whole program: see scripts/fuzz-store."""
