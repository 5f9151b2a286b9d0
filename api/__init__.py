"""The doors: HTTP routes, command line and pages; no logic."""
