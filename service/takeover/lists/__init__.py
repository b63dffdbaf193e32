"""What the rows of a list mean: each becomes a case or an agency, or says what is wrong with it."""
