"""The surface forms of the questions: plain ones, and the many ways in which people ask for the same thing."""
