"""Receiving: a reply becomes a source, finds its dispatch, and is read; a person decides."""
