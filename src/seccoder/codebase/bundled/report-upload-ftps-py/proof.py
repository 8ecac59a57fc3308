"""An FTP server with real TLS runs in a thread of this process, on the loopback device (names are not looked up), and
notes what a listener on the wire would read. Its certificate and that of other.example (valid 2020 to 2120) were made
for this test; SSL_CERT_FILE says which of them the machine trusts."""

import ftplib
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
REPORT = b"patient 17: positive\n" * 400


def certificate(pem):
    return pem[pem.index("-----BEGIN CERT") :]


class FtpServer(threading.Thread):
    def __init__(self, pem, folder):
        super().__init__(daemon=True)
        (folder / "server.pem").write_text(pem)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / "server.pem")
        self.clear, self.files, self.commands = b"", {}, []
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
        reader, private, encrypted, data = connection.makefile("rb"), False, False, None
        connection.sendall(b"220 ready\r\n")
        while raw := reader.readline():
            if not encrypted:
                self.clear += raw
            word, _, rest = raw.decode().strip().partition(" ")
            self.commands.append(word)
            if word == "AUTH":
                connection.sendall(b"234 go ahead\r\n")
                connection = self.context.wrap_socket(connection, server_side=True)
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
                self.files[rest] = self.receive(data, private)
                connection.sendall(b"226 stored\r\n")
            else:
                replies = {"USER": b"331 password?", "PASS": b"230 welcome", "CWD": b"250 ok", "QUIT": b"221 bye"}
                connection.sendall(replies.get(word, b"200 ok") + b"\r\n")

    def receive(self, listener, private):
        with listener, listener.accept()[0] as connection:
            connection.settimeout(10)
            if private:
                connection = self.context.wrap_socket(connection, server_side=True, suppress_ragged_eofs=True)
            content = b""
            while part := connection.recv(65536):
                content += part
            if private:
                try:
                    connection.unwrap()
                except OSError:
                    pass
                connection.close()
            else:
                self.clear += content
            return content


@pytest.fixture
def deliver(tmp_path, monkeypatch):
    lookup = socket.getaddrinfo

    def attempt(pem, trusted):
        (tmp_path / "trusted.pem").write_text(certificate(trusted))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **options: lookup("127.0.0.1", *more, **options))
        server = FtpServer(pem, tmp_path)
        problem = None
        try:
            subject.upload_report("localhost", server.port, "lab", "hunter2", "2024-05.csv", REPORT)
        except (OSError, ftplib.Error) as error:
            problem = error
        server.join(timeout=10)
        return server, problem

    return attempt


def test_functional_report_arrives(deliver):
    server, problem = deliver(LOCALHOST, trusted=LOCALHOST)
    assert problem is None
    assert server.files == {"2024-05.csv": REPORT}
    assert server.commands.index("CWD") < server.commands.index("STOR")


def test_functional_password_is_not_sent_in_the_clear(deliver):
    server, _ = deliver(LOCALHOST, trusted=LOCALHOST)
    assert "PASS" in server.commands and b"hunter2" not in server.clear


def test_security_report_is_not_sent_in_the_clear(deliver):
    server, _ = deliver(LOCALHOST, trusted=LOCALHOST)
    assert b"patient" not in server.clear


@pytest.mark.parametrize(
    ("pem", "trusted"), [(LOCALHOST, OTHER), (OTHER, OTHER)], ids=["unknown issuer", "certificate of another host"]
)
def test_security_impostor_gets_nothing(deliver, pem, trusted):
    server, problem = deliver(pem, trusted)
    assert isinstance(problem, ssl.SSLCertVerificationError)
    assert server.files == {} and "PASS" not in server.commands
