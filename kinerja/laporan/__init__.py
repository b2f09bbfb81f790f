"""The report press: plan, engine, outputs and manifest of a batch of notebooks."""

# First, for papermill loads `mesin` by its entry point while it is being imported itself:
# were `mesin` the one to import papermill, papermill would find it half made.
import papermill as _papermill  # noqa: F401
