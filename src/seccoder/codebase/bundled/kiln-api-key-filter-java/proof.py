"""Requests to the real server on the loopback: without the key no handler but the two public ones ever runs."""

import pytest

DRIVER = r"""
import static given.Said.*;

import com.sun.net.httpserver.*;
import java.io.*;
import java.net.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Filter filter = new ApiKeyFilter("k-123");
        for (String path : List.of("/health", "/manual/", "/kiln/start", "/kiln/log", "/"))
            server.createContext(path, exchange -> {
                ran.add(path);
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            }).getFilters().add(filter);
        server.start();
        for (String argument : arguments) {
            String[] words = argument.split(" ");
            String header = words.length > 1 ? "X-Api-Key: " + words[1] + "\r\n" : "";
            ran.clear();
            String head = "GET " + words[0] + " HTTP/1.1\r\nHost: kiln\r\nConnection: close\r\n";
            show(argument, () -> List.of(request(server, head + header + "\r\n").split(" ")[1]));
            System.out.println("ran " + argument + "\t" + json(ran));
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
WITH_KEY = {"/kiln/start k-123": "/kiln/start", "/kiln/log?day=1 k-123": "/kiln/log", "/health k-123": "/health"}
PUBLIC = {"/health": "/health", "/manual/": "/manual/", "/manual/glazes.html": "/manual/"}
WITHOUT = ["/kiln/start", "/kiln/log", "/kiln/start k-124", "/kiln/start K-123", "/", "/kiln/start?x=/health"]
ATTACKS = [
    "/kiln/start/health",
    "/kiln/start/manual/",
    "/kiln/start/manual/x",
    "/kiln/start/%2e%2e/health",
    "/kiln/start%2Fhealth",
    "/kiln/log/../../manual/",
    "/kiln/log/x/health wrong",
    "/x/health",
    "//kiln/start/health",
]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*WITH_KEY, *PUBLIC, *WITHOUT, *ATTACKS).said


@pytest.mark.parametrize("case", WITH_KEY)
def test_functional_with_the_key(said, case):
    assert (said[case], said[f"ran {case}"]) == (["200"], [WITH_KEY[case]])


@pytest.mark.parametrize("case", PUBLIC)
def test_functional_public(said, case):
    assert (said[case], said[f"ran {case}"]) == (["200"], [PUBLIC[case]])


@pytest.mark.parametrize("case", WITHOUT)
def test_functional_without_the_key(said, case):
    assert (said[case], said[f"ran {case}"]) == (["401"], [])


@pytest.mark.parametrize("case", ATTACKS)
def test_security_no_protected_handler_runs(said, case):
    assert set(said[f"ran {case}"]) <= {"/health", "/manual/"}
