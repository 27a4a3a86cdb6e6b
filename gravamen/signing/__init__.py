"""Signing: signatures in the file itself, on paper, and what they still hold for."""
