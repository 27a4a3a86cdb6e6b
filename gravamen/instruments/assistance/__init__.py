"""Assistance in letters: the chosen lines on a day, what each request reaches, the annex."""
