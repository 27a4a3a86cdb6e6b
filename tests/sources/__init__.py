"""Tests of the sources, a file for each file of gravamen/sources."""
