"""`nahtlos doctor`: looks for the faults that are most likely, and says what to do about each.

One file for each check. A check asks for itself and waits for nobody else's answer, so that half
of Nahtlos may be down: what cannot be asked is said to be so, and is a fault in one place only.
"""
