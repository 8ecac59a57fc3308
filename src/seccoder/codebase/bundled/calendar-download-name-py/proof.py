"""The handler answers a request in memory; the answer is taken apart as a browser does it."""

import http.client
import io

import pytest
from werkzeug.http import parse_options_header

import subject

ICS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
HEADERS = {"server", "date", "content-type", "content-length", "content-disposition"}


class Wire:
    def __init__(self, path):
        self.request, self.answer = f"GET {path} HTTP/1.0\r\n\r\n".encode(), b""

    def makefile(self, *_mode):
        return io.BytesIO(self.request)

    def sendall(self, data):
        self.answer += data


class Answer:
    def __init__(self, data):
        self.makefile = lambda *_mode: io.BytesIO(data)


def get(title, path="/17.ics", monkeypatch=None):
    """The answer to a request, or None if the handler gave up."""
    subject.CALENDARS.clear()
    subject.CALENDARS["17"] = (title, ICS)
    wire = Wire(path)
    handler = type("Quiet", (subject.CalendarHandler,), {"log_message": lambda *arguments: None})
    try:
        handler(wire, ("192.0.2.7", 4711), None)
    except ValueError:
        return None
    response = http.client.HTTPResponse(Answer(wire.answer))
    response.begin()
    return response


def saved_as(response):
    kind, options = parse_options_header(response.headers["Content-Disposition"])
    assert kind == "attachment"
    return options.get("filename")


@pytest.mark.parametrize("title", ["Training", "Choir 2024", "a-b_c"])
def test_functional_download(title):
    response = get(title)
    assert (response.status, response.read()) == (200, ICS)
    assert response.headers.get_content_type() == "text/calendar"
    assert saved_as(response) == f"{title}.ics"


def test_functional_unknown_calendar():
    assert get("Training", "/99.ics").status == 404


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\n\r\n", "\x0b", "\u2028", "\x85"])
def test_security_title_adds_no_headers(end):
    response = get(f"x{end}Set-Cookie: session=evil{end}X-More: 1")
    assert response is not None
    assert {name.lower() for name in response.headers} == HEADERS
    assert response.read() == ICS


def test_security_title_adds_no_body():
    response = get("x\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>")
    assert response is not None
    assert response.read() == ICS
    assert response.headers.get_content_type() == "text/calendar"


@pytest.mark.parametrize(
    "title",
    ['a"b', 'x"; filename="evil.exe', "a;b", "a\\", "Übung", "予定", "100%", "a'b''c", "x\0y", "*=UTF-8''evil.exe"],
)
def test_security_title_is_only_the_name(title):
    response = get(title)
    assert response is not None
    assert saved_as(response) == f"{title}.ics"
