"""What a person types into a field: `extraction.typed`, which the command line uses too, under its old name."""

from paddlescan.extraction.typed import Problem, problem_with, sort_key, tidy

__all__ = ["Problem", "problem_with", "sort_key", "tidy"]
