"""Checks: what keeps a paper from being issued, and what somebody should look at."""
