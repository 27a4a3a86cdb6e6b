"""Tests of findings: what is weighed, on what proof, and what is said of what is missing."""
