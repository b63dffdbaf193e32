"""Referrals: requests from one agency to another."""
