"""Real handshakes on the loopback with servers that hold trusted certificates for the right or for another name."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.net.*;
import java.nio.file.*;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : List.of("mail", "other"))
            trusted.setCertificateEntry(name, CertificateFactory.getInstance("X.509")
                .generateCertificate(Files.newInputStream(Path.of(name + ".pem"))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        for (String argument : arguments) {
            String[] words = argument.split(" ");
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(words[2]))) {
                plain.setSoTimeout(10_000);
                show(words[0], () -> new String(
                    StartTls.upgrade(plain, words[1], client.getSocketFactory()).getInputStream().readAllBytes()));
            }
        }
    }
}
"""
VISITS = {  # the certificate that the server shows, and the name by which it was looked for
    "right": ("mail", "mail.example"),
    "capitals": ("mail", "Mail.Example"),
    "untrusted": ("untrusted", "mail.example"),
    "other": ("other", "mail.example"),
    "subdomain": ("mail", "imap.mail.example"),
    "suffix": ("mail", "mail.example.evil.example"),
    "parent": ("mail", "example"),
}


def hello(connection, secure):
    secure(connection).sendall(b"hello\n")


@pytest.fixture(scope="module")
def said(java, certificate, tls_server):
    for name, host in {"mail": "mail.example", "other": "other.example", "untrusted": "mail.example"}.items():
        certificate(name, host)
    program = java(DRIVER)
    return program(*(f"{visit} {host} {tls_server(name, hello).port}" for visit, (name, host) in VISITS.items())).said


@pytest.mark.parametrize("name", ["right", "capitals"])
def test_functional_right_server(said, name):
    assert said[name] == "hello\n"


def test_functional_untrusted_certificate(said):
    assert said["untrusted"] == "!SSLHandshakeException"


@pytest.mark.parametrize("name", ["other", "subdomain", "suffix", "parent"])
def test_security_certificate_of_another_name_is_refused(said, name):
    assert said[name] == "!SSLHandshakeException"
