"""A mail server with a real TLS handshake runs in a thread of this process, on the loopback device (names are not
looked up). Its two certificates (for localhost and for other.example, valid 2020 to 2120) and keys were made for this
test; SSL_CERT_FILE says which of them the machine trusts."""

import socket
import ssl
import threading

import pytest

import subject

LOCALHOST = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQ/MI4A3UdGCmhg47
ywMh5fqLTkOw3ebPaW+m3QN1t1ahRANCAAR1XdC5V+sd46fp6WPhuz8u50CUUYOR
JgTMlp9YYm+XOQFkk78CKhbyVCVCGCtiMmtD2GhtKz2eNY8WMrNU/OaI
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBYTCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHVd0LlX6x3jp+np
Y+G7Py7nQJRRg5EmBMyWn1hib5c5AWSTvwIqFvJUJUIYK2Iya0PYaG0rPZ41jxYy
s1T85oijSDBGMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFO3nAONV6vgJu3Ka
cbIbKLzP5A1NMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAKBggqhkjOPQQDAgNIADBF
AiEAsyWqqW5tZsuyj/LliXZXlj+yYHIZ9OGJw7dkCeddFDICIATZaMJT3lhGt8g8
mkHC8kKyT33l5Dy7MMj1SSgPG+k2
-----END CERTIFICATE-----
"""
OTHER = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPNINbeZKvWil6Cjq
rQd0vSCx8nTPLqbtYVqUgAcJcA+hRANCAAQx1TRQCh9MJxwme1+dVzMjvGXBFJyG
mj3skmsMQqkw9wnQfqpvOfEFaTe/veWDQ9ZJV9YR0SVqzR+IdY/YDOPN
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBbTCCAROgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1vdGhlci5l
eGFtcGxlMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDDA1vdGhlci5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMdU0
UAofTCccJntfnVczI7xlwRSchpo97JJrDEKpMPcJ0H6qbznxBWk3v73lg0PWSVfW
EdElas0fiHWP2AzjzaNMMEowDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUao0U
go7rj6IzfSs9H/uJqmHQXfkwGAYDVR0RBBEwD4INb3RoZXIuZXhhbXBsZTAKBggq
hkjOPQQDAgNIADBFAiAJs08Zdh/OaXcS1+5HOsjdDuw7bcGqxeIi4VcULMSMaQIh
AMGouYk2He9IQKrEL0m1smXkR2l/jpGB7JNq3tiP9uNG
-----END CERTIFICATE-----
"""


def certificate(pem):
    return pem[pem.index("-----BEGIN CERT") :]


class MailServer(threading.Thread):
    def __init__(self, pem, folder, starttls=True):
        super().__init__(daemon=True)
        (folder / "server.pem").write_text(pem)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / "server.pem")
        self.offer, self.encrypted, self.lines = starttls, False, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(10)
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self):
        try:
            with self.listener, self.listener.accept()[0] as connection:
                connection.settimeout(10)
                self.talk(connection)
        except (OSError, ValueError):
            pass

    def talk(self, connection):
        reader = connection.makefile("rb")
        connection.sendall(b"220 ready\r\n")
        while line := reader.readline().decode().strip():
            self.lines.append((self.encrypted, line))
            word = line.split()[0].upper()
            if word == "EHLO":
                extension = b"AUTH PLAIN" if self.encrypted or not self.offer else b"STARTTLS"
                connection.sendall(b"250-localhost\r\n250 " + extension + b"\r\n")
            elif word == "STARTTLS" and self.offer:
                connection.sendall(b"220 go ahead\r\n")
                connection = self.context.wrap_socket(connection, server_side=True)
                reader, self.encrypted = connection.makefile("rb"), True
            elif word == "AUTH":
                connection.sendall(b"235 welcome\r\n")
            elif word == "DATA":
                connection.sendall(b"354 go on\r\n")
                while (text := reader.readline()) != b".\r\n":
                    self.lines.append((self.encrypted, text.decode().strip()))
                connection.sendall(b"250 sent\r\n")
            else:
                connection.sendall(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")


@pytest.fixture
def deliver(tmp_path, monkeypatch):
    lookup = socket.getaddrinfo

    def attempt(pem, trusted, starttls=True):
        """The lines a server with this certificate got to see, and the error of the sender, if any."""
        (tmp_path / "trusted.pem").write_text(certificate(trusted))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
        monkeypatch.setattr(socket, "getfqdn", lambda *name: "monitor.example.org")
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more: lookup("127.0.0.1", *more))
        server = MailServer(pem, tmp_path, starttls)
        problem = None
        try:
            subject.send_alert("localhost", server.port, "mon@example.org", "hunter2", "duty@example.org", "disk full")
        except OSError as error:
            problem = error
        server.join(timeout=10)
        return server.lines, problem

    return attempt


def test_functional_alert_is_sent_encrypted(deliver):
    lines, problem = deliver(LOCALHOST, trusted=LOCALHOST)
    assert problem is None
    assert (True, "disk full") in lines
    assert (True, "Subject: Monitoring alert") in lines
    assert [line for encrypted, line in lines if not encrypted and not line.lower().startswith("ehlo")] == ["STARTTLS"]


def test_functional_server_without_tls(deliver):
    lines, problem = deliver(LOCALHOST, trusted=LOCALHOST, starttls=False)
    assert problem is not None
    assert not any("AUTH" in line for _, line in lines)


@pytest.mark.parametrize(
    ("pem", "trusted"), [(LOCALHOST, OTHER), (OTHER, OTHER)], ids=["unknown issuer", "certificate of another host"]
)
def test_security_impostor_gets_no_password(deliver, pem, trusted):
    lines, problem = deliver(pem, trusted)
    assert isinstance(problem, ssl.SSLCertVerificationError)
    assert not any(line.startswith(("AUTH", "MAIL")) for _, line in lines)
