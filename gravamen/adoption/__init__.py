"""Adoption: what the body did with its motion, by its own rules; the result is derived."""
