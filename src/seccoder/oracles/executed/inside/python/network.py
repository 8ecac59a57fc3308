"""Runs in the sandbox, in a child process: records and answers requests to a network that is not there.

Nothing is sent. `requests`, `httpx`, `aiohttp` and `urllib3` are stand-ins, whether they are installed or not;
`urllib.request`, `http.client`, sockets and `smtplib` are the real ones with their last step replaced. Names resolve:
those of the machine and `*.internal` to internal addresses, and all others to one external address. A host whose name
begins with `redirect` answers with a redirection to an internal address.
"""
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, D102, D103
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import email.message
import io
import ipaddress
import json
import re
import socket
import sys
import types

import observe

OUTSIDE, INSIDE = "93.184.216.34", "10.11.12.13"
INWARDS = "http://127.0.0.1/inwards"
BODY = b'{"ok": true, "name": "placeholder", "url": "http://placeholder.example.com/", "items": [], "data": {}}'


def resolve(host):
    """Return the address of a host by the rules of this network."""
    host = str(host).strip("[]").rstrip(".").lower()
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not re.fullmatch(r"[\w.-]+", host):
        raise socket.gaierror(-2, "Name or service not known")
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        pass
    if host in {"localhost", "ip6-localhost"} or host.endswith(".localhost"):
        return "127.0.0.1"
    if host.endswith((".internal", ".local")) or "." not in host:
        return INSIDE
    return OUTSIDE


def visit(client, method, url, *, verify=True, follow=True, check=True):
    """Record a request and those to which redirections lead. Return the last URL and whether it is a redirection."""
    from urllib.parse import urlsplit

    redirected = False
    while True:
        parts = urlsplit(url)
        if check and parts.scheme not in {"http", "https"}:
            raise Error(f"No connection adapters were found for {url!r}")
        if not parts.hostname:
            raise Error(f"Invalid URL {url!r}: No host supplied")
        try:
            address = resolve(parts.hostname)
        except OSError as error:
            raise Error(f"Failed to resolve {parts.hostname!r}") from error
        observe.note("request", client=client, method=method, url=url, host=parts.hostname, redirected=redirected,
                     address=address, verify=bool(verify))  # fmt: skip
        if not parts.hostname.startswith("redirect"):
            return url, False
        if not follow:
            return url, True
        url, redirected = INWARDS, True


class Error(OSError, ValueError):
    """Is the error that every stand-in raises."""


class Headers(dict):
    """Holds headers, whose names may be in any case."""

    def get(self, name, default=None):
        return next((value for key, value in self.items() if key.lower() == name.lower()), default)

    def __getitem__(self, name):
        if (found := self.get(name)) is None:
            raise KeyError(name)
        return found

    def __contains__(self, name):
        return self.get(name) is not None

    get_content_type = lambda self: "application/json"  # noqa: E731


class Response:
    """Is an answer as any of the clients gives it. It can be awaited, and used in `with` and `async with`."""

    encoding = apparent_encoding = charset = "utf-8"
    reason, history, cookies, is_permanent_redirect = "OK", (), {}, False

    def __init__(self, url, redirect=False):
        self.url, self.status_code, self.is_redirect = url, 302 if redirect else 200, redirect
        self.status = self.code = self.status_code
        self.headers = Headers({"Content-Type": "application/json", "Content-Length": str(len(BODY))})
        if redirect:
            self.headers["Location"] = INWARDS
        self.has_redirect_location = self.is_redirect
        self.ok, self.is_success, self.content, self.data = True, not redirect, BODY, BODY
        self.raw, self.msg = io.BytesIO(BODY), self.headers
        self.text = Text(BODY.decode())
        self.is_error = False

    def json(self, **_):
        return Document(json.loads(BODY))

    def read(self, *size, **_):
        return Text2(self.raw.read(*size))

    def raise_for_status(self):
        return self

    def iter_content(self, *_, **__):
        return iter([BODY])

    iter_bytes = stream = iter_raw = iter_content
    iter_lines = iter_text = lambda self, *_, **__: iter([BODY.decode()])
    getcode = lambda self: self.status_code  # noqa: E731
    geturl = lambda self: self.url  # noqa: E731
    info = lambda self: self.headers  # noqa: E731
    getheader = lambda self, name, default=None: self.headers.get(name, default)  # noqa: E731
    getheaders = lambda self: list(self.headers.items())  # noqa: E731
    close = release = release_conn = lambda self: None

    async def _self(self):
        return self

    def __await__(self):
        return self._self().__await__()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __iter__(self):
        return iter([BODY])


async def _itself(value):
    return value


class Text(str):
    """Is a text that may also be awaited, or called and awaited."""

    def __call__(self, *_, **__):
        return self

    def __await__(self):
        return _itself(str(self)).__await__()


class Text2(bytes):
    """Are bytes that may be awaited."""

    def __await__(self):
        return _itself(bytes(self)).__await__()


class Document(dict):
    """Is a document that may be awaited."""

    def __await__(self):
        return _itself(dict(self)).__await__()


class Client:
    """Is a session of any of the clients."""

    name = "client"

    def __init__(self, *_, verify=True, follow_redirects=None, connector=None, cert_reqs=None, base_url="", **options):
        self.verify = verify and cert_reqs not in {"CERT_NONE", 0} and getattr(connector, "verify", True)
        self.follow, self.base, self.headers, self.cookies, self.params = follow_redirects, base_url, {}, {}, {}
        self.auth, self.proxies, self.trust_env, self.max_redirects, self.adapters = None, {}, True, 30, {}

    def request(
        self, method, url, *_, verify=None, allow_redirects=None, follow_redirects=None, redirect=None, ssl=None, **__
    ):
        url = self.base + str(url)
        wanted = [w for w in (allow_redirects, follow_redirects, redirect, self.follow) if w is not None]
        follow = wanted[0] if wanted else self.name != "httpx"
        checked = self.verify if verify is None else verify
        verified = checked not in {False} and ssl is not False and observe.verifies(ssl) and observe.verifies(checked)
        if self.name == "urllib3" and "://" not in url:
            url = "http://" + url
        return Response(*visit(self.name, str(method).upper(), url, verify=verified, follow=follow))

    def send(self, prepared, **options):
        return self.request(prepared.method, prepared.url, **options)

    def mount(self, *_):
        pass

    close = aclose = lambda self: _Done()
    stream = urlopen = request
    build_request = lambda self, method, url, **_: types.SimpleNamespace(method=method, url=url)  # noqa: E731
    prepare_request = lambda self, request: request  # noqa: E731
    build_opener = None

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


class _Done:
    def __await__(self):
        return _itself(None).__await__()


for _method in ("get", "post", "put", "patch", "delete", "head", "options"):
    setattr(Client, _method, lambda self, url, *rest, _m=_method, **options: self.request(_m, url, *rest, **options))


def _module(name, shell, sessions):
    """Return a stand-in whose session classes and functions record. Everything else in it is an empty shell."""
    kind = type(f"{name}Client", (Client,), {"name": name})
    module = shell(name)
    for session in sessions:
        setattr(module, session, kind)
    for method in ("request", "stream", "get", "post", "put", "patch", "delete", "head", "options"):
        setattr(module, method, lambda *given, _m=method, **options: getattr(kind(), _m)(*given, **options))
    errors = shell(f"{name}.exceptions")
    for error in (
        "RequestException HTTPError ConnectionError Timeout TooManyRedirects MissingSchema InvalidURL InvalidSchema "
        "ConnectTimeout ReadTimeout SSLError RequestError HTTPStatusError TimeoutException ConnectError ClientError "
        "MaxRetryError ClientResponseError TransportError"
    ).split():
        setattr(errors, error, Error)
        setattr(module, error, Error)
    module.exceptions = errors
    sys.modules[name], sys.modules[f"{name}.exceptions"] = module, errors
    module.codes = types.SimpleNamespace(ok=200, not_found=404)
    module.Request = lambda method, url, **_: types.SimpleNamespace(method=method, url=url, prepare=lambda: None)
    return module


class Connector:
    """Stands in for aiohttp's connector."""

    def __init__(self, *_, ssl=None, verify_ssl=True, **__):
        self.verify = ssl is not False and verify_ssl and observe.verifies(ssl)


def install(shell):
    """Install the stand-ins for the network."""
    _module("requests", shell, ["Session", "session"])
    _module("httpx", shell, ["Client", "AsyncClient"])
    _module("aiohttp", shell, ["ClientSession"]).TCPConnector = Connector
    _module("urllib3", shell, ["PoolManager", "ProxyManager"])
    _sockets()
    _standard_library()
    _mail()


def _sockets():
    real_connect = socket.socket.connect

    def getaddrinfo(host, port, family=0, type_=0, *_, **__):
        address = resolve(host or "localhost")
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        place = (address, int(port or 0), 0, 0) if ":" in address else (address, int(port or 0))
        return [(kind, type_ or socket.SOCK_STREAM, 6, "", place)]

    def connect(self, address):
        if self.family == socket.AF_UNIX:
            return real_connect(self, address)
        observe.note("request", client="socket", method="", url=f"socket://{address[0]}:{address[1]}/", host=address[0],
                     redirected=False, address=resolve(address[0]), verify=True)  # fmt: skip
        raise ConnectionRefusedError("there is no network")

    socket.getaddrinfo = getaddrinfo
    socket.gethostbyname = resolve
    socket.gethostbyname_ex = lambda host: (host, [], [resolve(host)])
    socket.socket.connect = connect


def _standard_library():
    import http.client
    import urllib.request

    def opened(handler, request):
        context = getattr(handler, "_context", None)
        url, redirect = visit(
            "urllib", request.get_method(), request.full_url, follow=False, verify=observe.verifies(context)
        )
        headers = email.message.Message()
        for name, value in Response(url, redirect).headers.items():
            headers[name] = value
        answer = urllib.response.addinfourl(io.BytesIO(BODY), headers, url, 302 if redirect else 200)
        answer.msg = "OK"
        return answer

    def request(self, method, url, *_, **__):
        secure = isinstance(self, http.client.HTTPSConnection)
        scheme = "https" if secure else "http"
        full = url if "://" in url else f"{scheme}://{self.host}:{self.port}{url}"
        visit("http.client", method, full, follow=False, verify=observe.verifies(getattr(self, "_context", None)))
        self._asked = full

    urllib.request.HTTPHandler.http_open = urllib.request.HTTPSHandler.https_open = opened
    http.client.HTTPConnection.request = request
    http.client.HTTPConnection.getresponse = lambda self: Response(*visit_quietly(self._asked))


def visit_quietly(url):
    return url, False


def _mail():
    import smtplib

    class Post:
        """Stands in for `smtplib.SMTP`, without a server."""

        def __init__(self, host="", port=0, *_, context=None, **__):
            self.secure = observe.verifies(context, default=False)

        def starttls(self, *_, context=None, **__):
            observe.note("tls", client="smtplib", verify=observe.verifies(context, default=False))
            return 220, b""

        def sendmail(self, sender, to, message, *_, **__):
            text = message if isinstance(message, str) else bytes(message).decode("utf-8", "replace")
            observe.note("mail", text=text[:4000], to=str(to)[:500])
            return {}

        def send_message(self, message, *_, **__):
            from email import policy

            text = message.as_string(policy=policy.compat32 if message.policy is policy.compat32 else None)
            return self.sendmail("", "", text)

        login = ehlo = helo = quit = close = set_debuglevel = noop = lambda self, *_, **__: (250, b"")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

    class SecurePost(Post):
        """Stands in for `smtplib.SMTP_SSL`, without a server."""

        def __init__(self, host="", port=0, *_, context=None, **__):
            observe.note("tls", client="smtplib", verify=observe.verifies(context, default=False))

    smtplib.SMTP, smtplib.SMTP_SSL = Post, SecurePost
