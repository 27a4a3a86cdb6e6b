"""Extracts: chosen rows word for word, their sums, and the way back to the file."""
