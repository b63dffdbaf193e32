"""What a family needs, and the paths that answer it."""
