import imaplib


def find_by_subject(mailbox: imaplib.IMAP4, text: str) -> list[int]:
    """Return the UIDs of the messages in the selected folder whose subject contains the text, in ascending order.

    Raises:
        imaplib.IMAP4.error: The server refused the search.
    """
    # A literal: the server counts its bytes, so no quote, backslash or line break in it can end the argument.
    mailbox.literal = text.encode()
    status, found = mailbox.uid("SEARCH", "CHARSET", "UTF-8", "SUBJECT")
    if status != "OK":
        raise mailbox.error(f"search failed: {found!r}")
    return sorted(int(uid) for uid in (found[0] or b"").split())
