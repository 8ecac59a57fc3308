"""The secure codebase: the store of demonstrations, how it is read, proven and extended."""
