"""Cases: households, their paths and steps."""
