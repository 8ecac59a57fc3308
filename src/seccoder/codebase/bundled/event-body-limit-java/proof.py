"""Posts bodies with and without a declared length to the real server; none above the limit reaches the consumer."""

import json

import pytest

DRIVER = r"""
import com.sun.net.httpserver.*;
import java.io.*;
import java.net.*;
import java.util.*;

public class Driver {
    static final List<Integer> received = Collections.synchronizedList(new ArrayList<>());

    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/events", new EventReceiver(event -> received.add(event.length())));
        server.start();
        for (String argument : arguments) {
            String[] words = argument.split(" ");
            received.clear();
            show(argument, () -> post(server, words[0], Integer.parseInt(words[1]), words[2]));
            System.out.println("received " + argument + "\t" + received);
        }
        server.stop(0);
    }

    static String post(HttpServer server, String method, int length, String kind) throws IOException {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 'x');
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            try {
                String head = method + " /events HTTP/1.1\r\nHost: tills\r\nConnection: close\r\n";
                if (kind.equals("plain")) {
                    out.write((head + "Content-Length: " + length + "\r\n\r\n").getBytes());
                    out.write(body);
                } else {
                    out.write((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes());
                    int chunk = kind.equals("small") ? 500 : 30_000;
                    for (int i = 0; i < length; i += chunk) {
                        int size = Math.min(chunk, length - i);
                        out.write((Integer.toHexString(size) + "\r\n").getBytes());
                        out.write(body, i, size);
                        out.write("\r\n".getBytes());
                    }
                    out.write("0\r\n\r\n".getBytes());
                }
                return new String(socket.getInputStream().readAllBytes()).split(" ")[1];
            } catch (IOException | IndexOutOfBoundsException closedEarly) {
                return "closed";
            }
        }
    }

    static void show(String name, java.util.concurrent.Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Throwable error) {
            value = "!" + error.getClass().getSimpleName();
        }
        System.out.println(name + "\t" + json(value));
    }

    static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof java.util.Collection<?> all)
            return "[" + String.join(",", all.stream().map(one -> json(one)).toList()) + "]";
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray())
            text.append(c < 32 || c > 126 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : "" + c);
        return text.append('"').toString();
    }
}
"""
MAX = 64 * 1024
ALLOWED = [f"POST {size} {kind}" for size in (0, 1, 5000, MAX) for kind in ("plain", "chunked")]
DECLARED = [f"POST {MAX + 1} plain", f"POST {2**20} plain"]
CHUNKED = [f"POST {MAX + 1} chunked", f"POST {MAX + 1} small", f"POST {2**20} chunked", f"POST {2**24} chunked"]


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)(*ALLOWED, *DECLARED, *CHUNKED, "GET 0 plain")
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


@pytest.mark.parametrize("case", ALLOWED)
def test_functional_event_is_passed_on(said, case):
    assert (said[case], said[f"received {case}"]) == ("204", [int(case.split()[1])])


@pytest.mark.parametrize("case", DECLARED)
def test_functional_declared_too_long(said, case):
    assert (said[case] in ("413", "closed"), said[f"received {case}"]) == (True, [])


def test_functional_other_method(said):
    assert said["GET 0 plain"] == "405"


@pytest.mark.parametrize("case", CHUNKED)
def test_security_too_long_without_a_declared_length(said, case):
    assert (said[case] in ("413", "closed"), said[f"received {case}"]) == (True, [])
