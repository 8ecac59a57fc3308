"""Signs in with many values of `next` and follows the Location header the way a browser reads it."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.security import generate_password_hash

import subject

HASH = generate_password_hash("correct horse", method="pbkdf2:sha256:1000")


@pytest.fixture
def sign_in(monkeypatch):
    monkeypatch.setattr(subject, "PASSWORD_HASHES", {"ann": HASH})
    subject.app.secret_key = "for the test only"

    def send(next_page=None, name="ann", password="correct horse"):
        return subject.app.test_client().post(
            "/sign-in",
            base_url="https://shop.example",
            query_string=None if next_page is None else {"next": next_page},
            data={"name": name, "password": password},
        )

    return send


def place(response):
    """Where a browser goes: it drops tabs and newlines, reads backslashes as slashes and ignores surplus ones."""
    assert response.status_code in (302, 303)
    location = re.sub(r"[\t\r\n]", "", response.headers["Location"]).strip("\x00\x20").replace("\\", "/")
    location = re.sub(r"^(https?:)?/{2,}", r"\1//", location)
    return urljoin("https://shop.example/sign-in", location)


@pytest.mark.parametrize(
    "page", ["/", "/orders/17", "/orders?page=2&sort=date#row-3", "/search?back=https://shop.example//x", "/caf%C3%A9"]
)
def test_functional_goes_back_to_the_page(sign_in, page):
    assert place(sign_in(page)) == f"https://shop.example{page}"


def test_functional_goes_to_the_dashboard_otherwise(sign_in):
    for page in (None, "", "orders", "https://evil.example/"):
        assert place(sign_in(page)) == "https://shop.example/dashboard"


def test_functional_remembers_who_signed_in(sign_in, monkeypatch):
    client = subject.app.test_client()
    client.post("/sign-in", data={"name": "ann", "password": "correct horse"})
    with client.session_transaction() as session:
        assert dict(session) == {"user": "ann"}


def test_functional_wrong_password_or_name_is_refused(sign_in):
    assert sign_in("/", password="wrong").status_code == 401
    assert sign_in("/", name="bob").status_code == 401


@pytest.mark.parametrize(
    "page",
    [
        "//evil.example",
        "//evil.example/%2e%2e",
        "///evil.example",
        "////evil.example/orders",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "\x00//evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "HTTPS://shop.example@evil.example/",
        "https://shop.example.evil.example/",
        "//shop.example@evil.example/",
        "//evil.example\\@shop.example/",
        "javascript:alert(1)//",
        "data:text/html,<script>alert(1)</script>",
    ],
)
def test_security_stays_on_this_site(sign_in, page):
    target = urlsplit(place(sign_in(page)))
    assert (target.scheme, target.netloc) == ("https", "shop.example")


def test_security_no_header_can_be_added(sign_in):
    for page in ("/x\r\nSet-Cookie: admin=1", "/x\nX-Evil: 1"):
        response = sign_in(page)
        assert place(response) == "https://shop.example/dashboard"
        assert "X-Evil" not in response.headers
