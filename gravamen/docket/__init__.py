"""Docket: who was asked, what came back, which clock runs; derived from happenings and a day."""
