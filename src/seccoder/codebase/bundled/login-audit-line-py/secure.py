import json
import logging

audit = logging.getLogger("audit")


def record_login(user: str, address: str, succeeded: bool) -> None:
    """Write a line such as `login user="ann" address=192.0.2.7 result=failed` to the audit log."""
    # As a JSON string: a typed name cannot end the line, close the quotes or send control codes to a terminal.
    name = json.dumps(user)
    audit.info("login user=%s address=%s result=%s", name, address, "ok" if succeeded else "failed")
