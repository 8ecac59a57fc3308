from ldap3 import Connection
from ldap3.utils.conv import escape_filter_chars

PEOPLE = "ou=people,dc=example,dc=org"


def look_up(directory: Connection, typed: str) -> list[tuple[str, str]]:
    """Return name and extension of the listed people with this extension or user name."""
    # "*", "(", ")", "\" and NUL are syntax in a filter; escaped they are characters of the value.
    value = escape_filter_chars(typed.strip())
    condition = f"(&(objectClass=person)(listed=TRUE)(|(uid={value})(extension={value})))"
    directory.search(PEOPLE, condition, attributes=["cn", "extension"])
    return sorted((entry.cn.value, entry.extension.value) for entry in directory.entries)
