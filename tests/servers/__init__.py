"""Real servers for tests: PostgreSQL with replicas, Redis, posdesk itself. Each in a folder and on a port of its own."""
