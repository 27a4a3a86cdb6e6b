"""The account: lines out of all copies on hand, sums, differences, gaps."""
