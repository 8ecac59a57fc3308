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
