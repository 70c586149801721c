"""The numbers of the dashboard: `make bench-dashboard`."""
