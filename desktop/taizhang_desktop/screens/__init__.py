"""The screens: each takes its view-model and nothing else."""
