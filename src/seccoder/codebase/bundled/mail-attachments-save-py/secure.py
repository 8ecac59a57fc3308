import email
import re
from email import policy
from pathlib import Path


def save_attachments(raw_message: bytes, ticket: Path) -> list[Path]:
    """Save the attachments as `1/photo.jpg`, `2/report.pdf`, ... in the ticket's folder."""
    message = email.message_from_bytes(raw_message, policy=policy.default)
    saved = []
    for number, part in enumerate(message.iter_attachments(), start=1):
        # The sender's text, maybe "../../x" or "/etc/x" and decoded only here: no separator or leading dot is left.
        name = re.sub(r"[^\w. ()-]", "_", part.get_filename(""))[-60:].lstrip(".") or "attachment"
        path = ticket / str(number) / name
        path.parent.mkdir(parents=True)
        path.write_bytes(part.get_payload(decode=True) or b"")
        saved.append(path)
    return saved
