"""Training, export and measurement of model packs."""
