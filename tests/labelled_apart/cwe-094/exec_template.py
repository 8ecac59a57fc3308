# vulnerable: the field's name becomes source code
def make_getter(field):
    scope = {}
    exec(f"def get(row):\n    return row[{field!s}]", scope)
    return scope["get"]
