"""Shows in a browser what the server did, what the secure codebase holds, and what an example changes."""
