"""Notifications: what is to be mailed, and the mails."""
