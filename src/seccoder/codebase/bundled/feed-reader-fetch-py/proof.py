"""No packet leaves: names resolve from a table, and a connection ends in a thread of this process that answers for the
address it was made to. What is judged is the list of addresses that were contacted."""

import ipaddress
import socket
import ssl
import threading

import pytest

import subject

FEED = b"<rss>news</rss>"
PUBLIC, OTHER_PUBLIC = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


class Wire(socket.socket):
    """One end of a socket pair: it has no TCP options to set."""

    def setsockopt(self, *arguments):
        pass


class Internet:
    def __init__(self):
        self.names = {"blog.example": [[PUBLIC]], "six.example": [[OTHER_PUBLIC]]}
        self.contacted, self.requests, self.lookups = [], [], 0
        self.answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(FEED), FEED)
        self.threads = []

    def resolve(self, host):
        """The addresses of a name; a name with several answers gives the next one at each look-up."""
        if host in self.names:
            answers = self.names[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        for parse in (ipaddress.ip_address, lambda text: ipaddress.ip_address(socket.inet_aton(text))):
            try:
                return [str(parse(host))]
            except (ValueError, OSError):
                continue
        raise socket.gaierror(socket.EAI_NONAME, f"unknown name {host}")

    def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        self.lookups += 1
        entries = []
        for text in self.resolve(host):
            six = ":" in text
            end = (text, int(port), 0, 0) if six else (text, int(port))
            entries.append((socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_STREAM, 6, "", end))
        return entries

    def connect(self, address, *_arguments, **_options):
        self.contacted.append((self.resolve(address[0])[0], address[1]))
        near, far = socket.socketpair()
        near = Wire(fileno=near.detach())
        near.settimeout(10)
        thread = threading.Thread(target=self.serve, args=(far,))
        thread.start()
        self.threads.append(thread)
        return near

    def serve(self, connection):
        with connection:
            connection.settimeout(10)
            request = b""
            while b"\r\n\r\n" not in request and (part := connection.recv(65536)):
                request += part
            self.requests.append(request)
            try:
                connection.sendall(self.answer)
            except OSError:  # the reader had enough
                pass


@pytest.fixture
def internet(monkeypatch):
    net = Internet()
    monkeypatch.setattr(socket, "getaddrinfo", net.getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", net.connect)
    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", lambda _context, sock, **options: sock)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    yield net
    for thread in net.threads:
        thread.join(timeout=10)


def test_functional_downloads_the_feed(internet):
    assert subject.fetch_feed("https://blog.example/feeds/all.xml?lang=en") == FEED
    assert internet.contacted == [(PUBLIC, 443)]
    first, *headers = internet.requests[0].decode().split("\r\n")
    assert first == "GET /feeds/all.xml?lang=en HTTP/1.1"
    assert "host: blog.example" in [header.lower() for header in headers]


def test_functional_address_without_a_path_and_ipv6(internet):
    assert subject.fetch_feed("https://six.example") == FEED
    assert internet.contacted == [(OTHER_PUBLIC, 443)]
    assert internet.requests[0].startswith(b"GET / HTTP/1.1\r\n")


def test_functional_errors_of_the_server_are_errors(internet):
    internet.answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"
    with pytest.raises(OSError):
        subject.fetch_feed("https://blog.example/")
    with pytest.raises(OSError):
        subject.fetch_feed("https://unknown.example/")


def test_functional_feeds_of_up_to_two_megabytes(internet):
    for size, fits in ((subject.MAX_BYTES, True), (subject.MAX_BYTES + 1, False)):
        internet.answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (size, b"x" * size)
        if fits:
            assert len(subject.fetch_feed("https://blog.example/")) == size
        else:
            with pytest.raises(OSError):
                subject.fetch_feed("https://blog.example/")


def test_functional_other_schemes_are_refused(internet):
    for url in (
        "file:///etc/passwd",
        "ftp://blog.example/feed",
        "blog.example",
        "",
        "https://",
        "http://blog.example/feed",
    ):
        with pytest.raises(ValueError):
            subject.fetch_feed(url)
    assert internet.contacted == []


def reached_inside(internet, url):
    """Fetch and return the contacted addresses that are not public."""
    try:
        subject.fetch_feed(url)
    except (ValueError, OSError):
        pass
    return [address for address, _ in internet.contacted if not ipaddress.ip_address(address).is_global]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.8.8.8", "2130706433", "0x7f.1", "0", "10.0.0.5", "192.168.1.1", "172.16.0.9", "169.254.169.254"]
    + ["100.64.0.1", "[::1]", "[::ffff:127.0.0.1]", "[fd00::5]", "[fe80::1]", "user@10.0.0.5"],
)
def test_security_internal_address_in_the_url(internet, host):
    assert reached_inside(internet, f"https://{host}/feed") == []


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "::1", "fd00::5", "::ffff:10.0.0.5"])
def test_security_name_of_an_internal_address(internet, address):
    internet.names["feeds.evil.example"] = [[address]]
    assert reached_inside(internet, "https://feeds.evil.example/feed") == []


def test_security_one_internal_address_among_public_ones(internet):
    internet.names["mixed.example"] = [["10.0.0.5", PUBLIC], [PUBLIC, "10.0.0.5"]]
    assert reached_inside(internet, "https://mixed.example/") == []
    assert reached_inside(internet, "https://mixed.example/") == []


def test_security_second_answer_of_the_name_server_is_not_used(internet):
    internet.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert reached_inside(internet, "https://rebind.example/") == []
    assert reached_inside(internet, "https://rebind.example/") == []


@pytest.mark.parametrize(
    "location", ["https://10.0.0.5/admin", "http://10.0.0.5/admin", "https://localhost/admin", "//127.0.0.1/admin"]
)
def test_security_redirect_does_not_lead_inside(internet, location):
    internet.names["localhost"] = [["127.0.0.1"]]
    internet.answer = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    assert reached_inside(internet, "https://blog.example/feed") == []


def test_security_no_other_services_are_reached(internet):
    for port in (22, 25, 6379):
        reached_inside(internet, f"https://blog.example:{port}/")
    assert {port for _, port in internet.contacted} <= {443}
