"""Python, run by the interpreter that runs seccoder."""
