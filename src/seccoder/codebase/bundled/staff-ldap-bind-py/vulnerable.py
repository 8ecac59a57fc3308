import ldap
from ldap.dn import escape_dn_chars

DIRECTORY = "ldaps://directory.example.org"


def is_password(user: str, password: str) -> bool:
    """Whether this is the password of a member of staff; raises ldap.LDAPError if the directory cannot say."""
    connection = ldap.initialize(DIRECTORY)
    try:
        connection.simple_bind_s(f"uid={escape_dn_chars(user)},ou=staff,dc=example,dc=org", password)
    except ldap.INVALID_CREDENTIALS:
        return False
    finally:
        connection.unbind_s()
    return True
