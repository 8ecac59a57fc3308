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
    from email.message import EmailMessage
    from email.policy import SMTP

    for entry in (name, address, subject):
        if any(character in entry for character in "\r\n\0\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
            raise ValueError("a line break where none can be")
    message = EmailMessage(policy=SMTP)
    message["From"] = SITE
    message["To"] = OFFICE
    message["Reply-To"] = formataddr((name, address))
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="carpenter.example")
    message.set_content(text)
    return message.as_bytes()
