"""Sending: an instrument into a message or a print set, to the address that a person confirmed."""
