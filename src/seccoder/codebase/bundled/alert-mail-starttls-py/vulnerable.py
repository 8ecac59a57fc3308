import smtplib
from email.message import EmailMessage


def send_alert(server: str, port: int, user: str, password: str, recipient: str, text: str) -> None:
    """Mail the text to the administrator on duty.

    Raises:
        OSError: The server cannot be reached or trusted, or refuses the mail (`smtplib.SMTPException` is one, too).
    """
    message = EmailMessage()
    message["From"] = user
    message["To"] = recipient
    message["Subject"] = "Monitoring alert"
    message.set_content(text)
    with smtplib.SMTP(server, port, timeout=10) as smtp:
        smtp.starttls()
        smtp.login(user, password)
        smtp.send_message(message)
