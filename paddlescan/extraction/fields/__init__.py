"""A module per field: each looks at a page and proposes candidates with evidence. None decides."""
