"""Runs JavaScript and TypeScript sources with Node."""
