"""posdesk broken on purpose: killed, crowded, without its database, disk or cache, and fed with nonsense. What was lost is counted."""
