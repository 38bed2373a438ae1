"""What deploy/ and docs/production.md say, tried for real."""
