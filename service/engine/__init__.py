"""The engine seen from the service: acts, openings, rebuilding."""
