"""A mail server with a real TLS handshake runs in a thread of this process, on the loopback device (names are not
looked up). SSL_CERT_FILE says which of its two certificates the machine trusts."""

import socket
import ssl

import pytest

import subject


@pytest.fixture
def deliver(certificate, tls_server, tmp_path, monkeypatch):
    for host in ("localhost", "other.example"):
        certificate(host, host)
    lookup = socket.getaddrinfo

    def attempt(shown, trusted, starttls=True):
        """The lines a server with this certificate got to see, and the error of the sender, if any."""
        monkeypatch.setenv("SSL_CERT_FILE", f"{trusted}.pem")
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
        monkeypatch.setattr(socket, "getfqdn", lambda *name: "monitor.example.org")
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more: lookup("127.0.0.1", *more))
        lines, problem = [], None
        server = tls_server(shown, lambda connection, secure: talk(connection, secure, starttls, lines))
        try:
            subject.send_alert("localhost", server.port, "mon@example.org", "hunter2", "duty@example.org", "disk full")
        except OSError as error:
            problem = error
        server.join(timeout=10)
        return lines, problem

    return attempt


def talk(connection, secure, starttls, lines):
    reader, encrypted = connection.makefile("rb"), False
    connection.sendall(b"220 ready\r\n")
    while line := reader.readline().decode().strip():
        lines.append((encrypted, line))
        word = line.split()[0].upper()
        if word == "EHLO":
            extension = b"AUTH PLAIN" if encrypted or not starttls else b"STARTTLS"
            connection.sendall(b"250-localhost\r\n250 " + extension + b"\r\n")
        elif word == "STARTTLS" and starttls:
            connection.sendall(b"220 go ahead\r\n")
            connection = secure(connection)
            reader, encrypted = connection.makefile("rb"), True
        elif word == "AUTH":
            connection.sendall(b"235 welcome\r\n")
        elif word == "DATA":
            connection.sendall(b"354 go on\r\n")
            while (text := reader.readline()) != b".\r\n":
                lines.append((encrypted, text.decode().strip()))
            connection.sendall(b"250 sent\r\n")
        else:
            connection.sendall(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")


def test_functional_alert_is_sent_encrypted(deliver):
    lines, problem = deliver("localhost", trusted="localhost")
    assert problem is None
    assert (True, "disk full") in lines
    assert (True, "Subject: Monitoring alert") in lines
    assert [line for encrypted, line in lines if not encrypted and not line.lower().startswith("ehlo")] == ["STARTTLS"]


def test_functional_server_without_tls(deliver):
    lines, problem = deliver("localhost", trusted="localhost", starttls=False)
    assert problem is not None
    assert not any("AUTH" in line for _, line in lines)


@pytest.mark.parametrize(
    ("shown", "trusted"),
    [("localhost", "other.example"), ("other.example", "other.example")],
    ids=["unknown issuer", "certificate of another host"],
)
def test_security_impostor_gets_no_password(deliver, shown, trusted):
    lines, problem = deliver(shown, trusted)
    assert isinstance(problem, ssl.SSLCertVerificationError)
    assert not any(line.startswith(("AUTH", "MAIL")) for _, line in lines)
