"""Pictures: the chart and the page of an account."""
