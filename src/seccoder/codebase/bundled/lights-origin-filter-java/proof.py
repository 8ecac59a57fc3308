"""Requests as browsers send them from our page and from others, to the real server on the loopback."""

import pytest

DRIVER = r"""
import static given.Said.show;

import com.sun.net.httpserver.*;
import java.io.*;
import java.net.*;
import java.util.*;
import java.util.concurrent.atomic.AtomicInteger;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        AtomicInteger switched = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/lights", exchange -> {
            switched.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        }).getFilters().add(new SameOriginFilter("https://home.example"));
        server.start();
        for (int i = 0; i < arguments.length; i++) {
            String text = arguments[i];
            int before = switched.get();
            show("case " + i, () -> List.of(request(server, text).split(" ")[1], switched.get() - before));
        }
        server.stop(0);
    }

    static String request(HttpServer server, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes("ISO-8859-1"));
            return new String(socket.getInputStream().readAllBytes(), "UTF-8");
        }
    }
}
"""
OWN = ["Origin: https://home.example", "Referer: https://home.example/lights"]
ALLOWED = [
    ("POST", OWN),
    ("PUT", OWN),
    ("DELETE", OWN),
    ("GET", []),
    ("GET", ["Referer: https://news.example/"]),
]
FOREIGN = [("POST", ["Origin: https://evil.example", "Referer: https://evil.example/a"])]
ATTACKS = [
    ("POST", ["Origin: https://evil.example"]),  # the attacker's page says referrerpolicy="no-referrer"
    ("POST", ["Origin: null"]),  # a sandboxed frame
    ("POST", []),
    ("POST", ["Origin: https://home.example.evil.example", "Referer: https://home.example.evil.example/"]),
    ("POST", ["Origin: http://home.example", "Referer: https://home.example/"]),
    ("POST", ["Origin: https://home.example:8443", "Referer: https://home.example:8443/"]),
    ("POST", ["Origin: https://evil.example", "Referer: https://home.example@evil.example/"]),
    ("POST", ["Origin: https://home.example", "Origin: https://evil.example"]),
    ("DELETE", ["Origin: https://evil.example"]),
    ("post", ["Origin: https://evil.example"]),
    ("PATCH", ["Origin: https://evil.example"]),
]


def number(case):
    return (ALLOWED + FOREIGN + ATTACKS).index(case)


@pytest.fixture(scope="module")
def said(java):
    def request(method, headers):
        lines = [f"{method} /lights HTTP/1.1", "Host: home.example", "Connection: close", "Cookie: session=1", *headers]
        return "\r\n".join([*lines, "Content-Length: 0", "", ""])

    return java(DRIVER)(*(request(*case) for case in ALLOWED + FOREIGN + ATTACKS)).said


@pytest.mark.parametrize("case", ALLOWED, ids=number)
def test_functional_own_page_and_reading(said, case):
    assert said[f"case {number(case)}"] == ["204", 1]


def test_functional_other_site(said):
    assert said[f"case {number(FOREIGN[0])}"] == ["403", 0]


@pytest.mark.parametrize("case", ATTACKS, ids=number)
def test_security_other_site_with_a_trick(said, case):
    assert said[f"case {number(case)}"] == ["403", 0]
