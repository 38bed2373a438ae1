"""What a good entry has, as rules that a command and the admin can ask. A rule never changes anything."""
