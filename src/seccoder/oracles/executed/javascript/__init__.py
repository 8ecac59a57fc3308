"""JavaScript and TypeScript, run by Node."""
