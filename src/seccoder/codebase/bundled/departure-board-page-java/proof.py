"""Asks the real server on the loopback; whatever is searched for, the page keeps its elements and attributes."""

from html.parser import HTMLParser
from urllib.parse import quote, quote_plus

import pytest

DRIVER = r"""
import static given.Said.show;

import com.sun.net.httpserver.HttpServer;
import java.io.*;
import java.net.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new DepartureBoard(Map.of(
            "Harbour", List.of("12:05 Zoo", "12:09 Mill & Dam"), "Bird's Hill", List.of("13:00 <express> Zoo"))));
        server.start();
        for (String target : arguments) {
            show(target, () -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
                    socket.getOutputStream().write(("GET " + target + " HTTP/1.0\r\n\r\n").getBytes("ISO-8859-1"));
                    return new String(socket.getInputStream().readAllBytes(), "UTF-8");
                }
            });
        }
        server.stop(0);
    }
}
"""

ATTACKS = [
    "<script>alert(1)</script>",
    '" autofocus onfocus="alert(1)',
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "</h1></ul><form action=//evil.example>",
    "&lt;script&gt;&quot; onfocus=",
    "<!--",
    '"/onfocus=alert(1)//',
]


class Page(HTMLParser):
    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.skeleton, self.text, self.value = [], [], None
        self.head, _, page = response.partition("\r\n\r\n")
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.skeleton.append((tag, *(name for name, _ in attributes)))
        self.value = dict(attributes).get("value", self.value)

    def handle_data(self, data):
        self.text.append(data)


def path(stop):
    return "/?stop=" + quote_plus(stop)


@pytest.fixture(scope="module")
def said(java):
    stops = ["Harbour", "Bird's Hill", "Nowhere", *ATTACKS]
    return java(DRIVER)("/", *(path(stop) for stop in stops), "/?stop=" + quote(ATTACKS[1], safe="'")).said


def test_functional_departures(said):
    page = Page(said[path("Harbour")])
    assert page.text == ["Departures", "Harbour", "12:05 Zoo", "12:09 Mill & Dam"]
    assert page.value == "Harbour"
    assert "200" in page.head and "text/html" in page.head


def test_functional_markup_in_a_departure_is_text(said):
    assert Page(said[path("Bird's Hill")]).text == ["Departures", "Bird's Hill", "13:00 <express> Zoo"]


def test_functional_no_departures(said):
    assert Page(said[path("Nowhere")]).text == ["Departures", "Nowhere", "No departures."]
    assert Page(said["/"]).text == ["Departures", "No departures."]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_search_adds_no_markup(said, attack):
    page, plain = Page(said[path(attack)]), Page(said[path("Nowhere")])
    assert page.skeleton == plain.skeleton
    assert page.text == ["Departures", attack, "No departures."]
    assert page.value == attack


def test_security_other_percent_encoding(said):
    page = Page(said["/?stop=" + quote(ATTACKS[1], safe="'")])
    assert page.skeleton == Page(said[path("Nowhere")]).skeleton
