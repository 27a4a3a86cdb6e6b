"""Tests of the checks: for each, a case where it fires and one where it must not."""
