"""Handlers that fail with telling exceptions: the log has the details, the answer on the wire does not."""

import json

import pytest

DRIVER = r"""
import static given.Said.show;

import com.sun.net.httpserver.*;
import java.io.*;
import java.net.*;
import java.sql.SQLException;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, HttpHandler> handlers = Map.of(
            "fine", exchange -> {
                byte[] body = "{\"rooms\": 3}".getBytes();
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            },
            "message", exchange -> { throw new IllegalStateException("password of db-7.internal is hunter2"); },
            "cause", exchange -> {
                throw new RuntimeException(new SQLException("INSERT INTO guests: duplicate key ann@mail.example"));
            },
            "file", exchange -> { throw new UncheckedIOException(new IOException("/srv/booking/cards.csv: denied")); },
            "quote", exchange -> { throw new IllegalArgumentException("\"}<script>\n\\ secret"); },
            "null", exchange -> { throw new NullPointerException(); });
        for (var handler : handlers.entrySet())
            server.createContext("/" + handler.getKey(), new ErrorReporting(handler.getValue()));
        server.start();
        for (String name : new TreeSet<>(handlers.keySet()))
            for (int i = 0; i < 2; i++)
                show(name + i, () -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
                        socket.setSoTimeout(10_000);
                        socket.getOutputStream().write(("GET /" + name + " HTTP/1.0\r\n\r\n").getBytes());
                        return new String(socket.getInputStream().readAllBytes());
                    }
                });
        server.stop(0);
    }
}
"""
FAILING = {
    "message": ["hunter2", "db-7", "IllegalState"],
    "cause": ["INSERT", "ann@mail", "SQLException", "java."],
    "file": ["/srv", "cards", "denied"],
    "quote": ["script", "secret", "IllegalArgument"],
    "null": ["NullPointer", "java.lang"],
}


@pytest.fixture(scope="module")
def result(java):
    ran = java(DRIVER)()
    return ran.said, ran.err.decode(errors="replace")


def test_functional_other_answers_pass(result):
    assert "200" in result[0]["fine0"].splitlines()[0]
    assert result[0]["fine0"].endswith('{"rooms": 3}')


@pytest.mark.parametrize("name", FAILING)
def test_functional_error_as_json_with_a_number_for_support(result, name):
    said, log = result
    head, _, body = said[f"{name}0"].partition("\r\n\r\n")
    assert "500" in head.splitlines()[0] and "application/json" in head
    answer = json.loads(body)
    assert answer["error"] and answer["incident"] in log
    assert answer["incident"] != json.loads(said[f"{name}1"].partition("\r\n\r\n")[2])["incident"]


def test_functional_log_has_the_cause(result):
    assert "hunter2" in result[1] and "duplicate key" in result[1]


@pytest.mark.parametrize("name", FAILING)
def test_security_answer_has_no_detail(result, name):
    said = result[0][f"{name}0"]
    assert [detail for detail in [*FAILING[name], "Driver", "at "] if detail in said.partition("\r\n\r\n")[2]] == []
