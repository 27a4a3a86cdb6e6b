"""Gravamen: from preserved sources to requests that an official can act on."""
