"""Rounds: who was to sign a version of an instrument, who did, and how many signatures stand."""
