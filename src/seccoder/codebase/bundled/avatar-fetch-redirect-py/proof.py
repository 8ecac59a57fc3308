"""No packet leaves: connections of http.client end in memory, where each host has its answers; the hosts that were
contacted are what is judged."""

import http.client
import io

import pytest

import subject

PNG = b"\x89PNG picture"


class Wire:
    def __init__(self, net, host):
        self.net, self.host, self.sent = net, host, b""

    def sendall(self, data):
        self.sent += data

    def makefile(self, *_mode):
        path = self.sent.split(b" ", 2)[1].decode()
        return io.BytesIO(self.net.answers.get((self.host, path), b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))

    def close(self):
        pass


class Net:
    def __init__(self):
        self.contacted, self.answers = [], {}

    def serve(self, host, path, content=PNG, kind="image/png", status="200 OK", **headers):
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(content)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.answers[host, path] = ("\r\n".join(lines) + "\r\n\r\n").encode() + content


@pytest.fixture
def net(monkeypatch):
    net = Net()

    def connect(connection):
        net.contacted.append((connection.host, connection.port))
        connection.sock = Wire(net, connection.host)

    monkeypatch.setattr(http.client.HTTPConnection, "connect", connect)
    monkeypatch.setattr(http.client.HTTPSConnection, "connect", connect)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    net.serve("avatars.example.org", "/u/17.png?s=80")
    net.serve("10.0.0.5", "/admin", b"\x89PNG secret")
    return net


def test_functional_picture(net):
    assert subject.fetch_avatar("https://avatars.example.org/u/17.png?s=80") == ("image/png", PNG)
    net.serve("faces.example.net", "/f", kind="image/jpeg; x=1")
    assert subject.fetch_avatar("https://faces.example.net/f") == ("image/jpeg", PNG)


def test_functional_no_picture(net):
    with pytest.raises(OSError):
        subject.fetch_avatar("https://avatars.example.org/none")
    net.serve("faces.example.net", "/page", b"<h1>", "text/html")
    net.serve("faces.example.net", "/big", b"x" * (subject.MAX_BYTES + 1))
    for path in ("page", "big"):
        with pytest.raises(ValueError):
            subject.fetch_avatar(f"https://faces.example.net/{path}")


@pytest.mark.parametrize("url", ["https://example.com/a.png", "http://avatars.example.org/x", "file:///etc/passwd", ""])
def test_functional_other_addresses(net, url):
    with pytest.raises(ValueError):
        subject.fetch_avatar(url)
    assert net.contacted == []


def contacted(net, url):
    try:
        subject.fetch_avatar(url)
    except (OSError, ValueError, http.client.HTTPException):
        pass
    return {host for host, _ in net.contacted}


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("target", ["http://10.0.0.5/admin", "https://10.0.0.5/admin", "//10.0.0.5/admin"])
def test_security_redirects_are_not_followed(net, status, target):
    net.serve("avatars.example.org", "/out", b"", status=status, Location=target)
    assert contacted(net, "https://avatars.example.org/out") == {"avatars.example.org"}


def test_security_redirect_over_the_other_service(net):
    net.serve("avatars.example.org", "/a", b"", status="302 Found", Location="https://faces.example.net/b")
    net.serve("faces.example.net", "/b", b"", status="302 Found", Location="http://169.254.169.254/latest")
    assert "169.254.169.254" not in contacted(net, "https://avatars.example.org/a")


@pytest.mark.parametrize(
    "url",
    [
        "https://avatars.example.org@10.0.0.5/admin",
        "https://avatars.example.org.evil.example/",
        "https://10.0.0.5/admin?avatars.example.org",
        "https://10.0.0.5\\@avatars.example.org/admin",
        "https://avatars.example.org:22/",
        "https://avatars.example.org#@10.0.0.5/admin",
        "https://10.0.0.5/admin#avatars.example.org",
        "https://avatars.example.org\t@10.0.0.5/admin",
        "https://avatars.example.org /admin",
    ],
)
def test_security_address_is_one_of_the_services(net, url):
    assert contacted(net, url) <= {"avatars.example.org"}
    assert {port for _, port in net.contacted} <= {443}
