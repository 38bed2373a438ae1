"""Everything that posdesk holds in one file, and back into an empty place."""
