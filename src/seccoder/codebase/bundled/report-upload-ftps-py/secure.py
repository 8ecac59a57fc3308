import ftplib
import ssl
from io import BytesIO


def upload_report(server: str, port: int, user: str, password: str, name: str, report: bytes) -> None:
    """Upload a report; raises OSError or ftplib.Error if the server cannot be trusted or does not take it."""
    with ftplib.FTP_TLS(context=ssl.create_default_context(), timeout=10) as ftp:
        ftp.connect(server, port)
        ftp.login(user, password)
        # login() protects the commands only: data connections stay in clear text until this is asked for.
        ftp.prot_p()
        ftp.cwd("incoming")
        ftp.storbinary(f"STOR {name}", BytesIO(report))
