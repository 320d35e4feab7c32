"""Programs that run in the environments of others; they import nothing of ours."""
