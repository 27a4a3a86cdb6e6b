"""Files in: kinds of tables, how each is read, checked against its own totals and kept."""
