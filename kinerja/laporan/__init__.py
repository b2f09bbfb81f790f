"""The report press: plan, engine, outputs and manifest of a batch of notebooks."""
