"""Which question, if any, is worth asking next, and what its answer says of the candidates of a search; docs/triage.md."""
