from email.utils import formataddr, formatdate, make_msgid

SITE = "site@carpenter.example"
OFFICE = "office@carpenter.example"


def contact_mail(name: str, address: str, subject: str, text: str) -> bytes:
    """Build the mail with what a visitor wrote into the contact form, ready for smtplib.SMTP.sendmail.

    It is from SITE to OFFICE, has the visitor's subject, and Reply-To with the visitor's name and address.
    The text is plain text in UTF-8.

    Raises:
        ValueError: If the visitor's entries cannot be used.
    """
    if "@" not in address:
        raise ValueError("not an e-mail address")
    headers = [
        f"From: {SITE}",
        f"To: {OFFICE}",
        f"Reply-To: {formataddr((name, address))}",
        f"Subject: {subject}",
        f"Date: {formatdate()}",
        f"Message-ID: {make_msgid(domain='carpenter.example')}",
        "MIME-Version: 1.0",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: 8bit",
    ]
    return ("\r\n".join(headers) + "\r\n\r\n" + text.replace("\r\n", "\n").replace("\n", "\r\n")).encode("utf-8")
