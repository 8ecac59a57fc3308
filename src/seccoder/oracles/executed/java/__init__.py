"""Runs Java sources on the JDK."""
