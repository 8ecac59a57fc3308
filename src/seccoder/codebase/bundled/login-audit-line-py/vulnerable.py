import logging

audit = logging.getLogger("audit")


def record_login(user: str, address: str, succeeded: bool) -> None:
    """Write a line such as `login user="ann" address=192.0.2.7 result=failed` to the audit log."""
    audit.info('login user="%s" address=%s result=%s', user, address, "ok" if succeeded else "failed")
