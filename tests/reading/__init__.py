"""Tests of the reading: rule by rule, over marked texts, and against the gold set."""
