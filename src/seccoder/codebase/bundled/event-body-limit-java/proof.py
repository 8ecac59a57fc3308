"""Posts bodies with and without a declared length to the real server; none above the limit reaches the consumer."""

import pytest

DRIVER = r"""
import static given.Said.show;

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
}
"""
MAX = 64 * 1024
ALLOWED = [f"POST {size} {kind}" for size in (0, 1, 5000, MAX) for kind in ("plain", "chunked")]
DECLARED = [f"POST {MAX + 1} plain", f"POST {2**20} plain"]
CHUNKED = [f"POST {MAX + 1} chunked", f"POST {MAX + 1} small", f"POST {2**20} chunked", f"POST {2**24} chunked"]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*ALLOWED, *DECLARED, *CHUNKED, "GET 0 plain").said


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
