"""The sheets of the loop that are forms, blank or filled in beforehand: what is printed, and nothing else."""
