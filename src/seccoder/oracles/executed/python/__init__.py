"""Runs Python sources with the interpreter that runs seccoder."""
