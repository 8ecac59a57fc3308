import imaplib


def find_by_subject(mailbox: imaplib.IMAP4, text: str) -> list[int]:
    """Return the UIDs of the messages in the selected folder whose subject contains the text, in ascending order.

    Raises:
        imaplib.IMAP4.error: The server refused the search.
    """
    quoted = '"' + text.replace('"', '\\"') + '"'
    status, found = mailbox.uid("SEARCH", "SUBJECT", quoted)
    if status != "OK":
        raise mailbox.error(f"search failed: {found!r}")
    return sorted(int(uid) for uid in (found[0] or b"").split())
