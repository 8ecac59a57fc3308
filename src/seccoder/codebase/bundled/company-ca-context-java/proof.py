"""Real handshakes on the loopback; certificates of another CA are refused, even if it calls itself like ours."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.net.*;
import java.nio.file.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        show("no file", () -> CompanyTls.context(Path.of("nowhere.pem")));
        for (String argument : arguments) {
            String[] words = argument.split(" ", 2);
            show(words[1], () -> {
                try (Socket socket = CompanyTls.context(Path.of("company.pem")).getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), Integer.parseInt(words[0]))) {
                    socket.setSoTimeout(10_000);
                    return new String(socket.getInputStream().readAllBytes());
                }
            });
        }
    }
}
"""


def hello(connection, secure):
    secure(connection).sendall(b"hello\n")


@pytest.fixture(scope="module")
def said(java, certificate, tls_server):
    for name in ("company", "forged root"):
        certificate(name, "ca.company.example")
    certificate("wiki", "wiki.company.example", "company")
    certificate("stranger", "mail.example")
    certificate("forged", "wiki.company.example", "forged root")
    program = java(DRIVER)
    servers = ["wiki", "stranger", "forged", "forged root"]
    return program(*(f"{tls_server(name, hello).port} {name}" for name in servers)).said


def test_functional_service_of_the_company(said):
    assert said["wiki"] == "hello\n"


def test_functional_stranger(said):
    assert said["stranger"] == "!SSLHandshakeException"


def test_functional_missing_file(said):
    assert said["no file"] == "!NoSuchFileException"


@pytest.mark.parametrize("name", ["forged", "forged root"])
def test_security_ca_of_the_same_name_is_refused(said, name):
    assert said[name] == "!SSLHandshakeException"
