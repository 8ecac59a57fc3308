"""An FTP server with real TLS runs in a thread of this process, on the loopback device (names are not looked up), and
notes what a listener on the wire would read. SSL_CERT_FILE says which of its two certificates the machine trusts."""

import ftplib
import socket
import ssl

import pytest

import subject

REPORT = b"patient 17: positive\n" * 400


class Ftp:
    def __init__(self):
        self.clear, self.files, self.commands = b"", {}, []

    def talk(self, connection, secure):
        reader, private, encrypted, data = connection.makefile("rb"), False, False, None
        connection.sendall(b"220 ready\r\n")
        while raw := reader.readline():
            if not encrypted:
                self.clear += raw
            word, _, rest = raw.decode().strip().partition(" ")
            self.commands.append(word)
            if word == "AUTH":
                connection.sendall(b"234 go ahead\r\n")
                connection = secure(connection)
                reader, encrypted = connection.makefile("rb"), True
            elif word == "PROT":
                private = rest == "P"
                connection.sendall(b"200 ok\r\n")
            elif word in ("PASV", "EPSV"):
                data = socket.create_server(("127.0.0.1", 0))
                data.settimeout(10)
                high, low = divmod(data.getsockname()[1], 256)
                answer = f"227 Passive (127,0,0,1,{high},{low})" if word == "PASV" else f"229 (|||{high * 256 + low}|)"
                connection.sendall(answer.encode() + b"\r\n")
            elif word == "STOR":
                connection.sendall(b"150 send\r\n")
                self.files[rest] = self.receive(data, secure if private else None)
                connection.sendall(b"226 stored\r\n")
            else:
                replies = {"USER": b"331 password?", "PASS": b"230 welcome", "CWD": b"250 ok", "QUIT": b"221 bye"}
                connection.sendall(replies.get(word, b"200 ok") + b"\r\n")

    def receive(self, listener, secure):
        with listener, listener.accept()[0] as connection:
            connection.settimeout(10)
            if secure:
                connection = secure(connection)
            content = b""
            while part := connection.recv(65536):
                content += part
            if secure:
                try:
                    connection.unwrap()
                except OSError:
                    pass
                connection.close()
            else:
                self.clear += content
            return content


@pytest.fixture
def deliver(certificate, tls_server, tmp_path, monkeypatch):
    for host in ("localhost", "other.example"):
        certificate(host, host)
    lookup = socket.getaddrinfo

    def attempt(shown, trusted):
        monkeypatch.setenv("SSL_CERT_FILE", f"{trusted}.pem")
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **options: lookup("127.0.0.1", *more, **options))
        ftp, problem = Ftp(), None
        server = tls_server(shown, ftp.talk)
        try:
            subject.upload_report("localhost", server.port, "lab", "hunter2", "2024-05.csv", REPORT)
        except (OSError, ftplib.Error) as error:
            problem = error
        server.join(timeout=10)
        return ftp, problem

    return attempt


def test_functional_report_arrives(deliver):
    ftp, problem = deliver("localhost", trusted="localhost")
    assert problem is None
    assert ftp.files == {"2024-05.csv": REPORT}
    assert ftp.commands.index("CWD") < ftp.commands.index("STOR")


def test_functional_password_is_not_sent_in_the_clear(deliver):
    ftp, _ = deliver("localhost", trusted="localhost")
    assert "PASS" in ftp.commands and b"hunter2" not in ftp.clear


def test_security_report_is_not_sent_in_the_clear(deliver):
    ftp, _ = deliver("localhost", trusted="localhost")
    assert b"patient" not in ftp.clear


@pytest.mark.parametrize(
    ("shown", "trusted"),
    [("localhost", "other.example"), ("other.example", "other.example")],
    ids=["unknown issuer", "certificate of another host"],
)
def test_security_impostor_gets_nothing(deliver, shown, trusted):
    ftp, problem = deliver(shown, trusted)
    assert isinstance(problem, ssl.SSLCertVerificationError)
    assert ftp.files == {} and "PASS" not in ftp.commands
