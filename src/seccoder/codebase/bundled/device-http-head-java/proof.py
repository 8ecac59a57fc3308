"""What arrives on the wire has the given headers and no other, also for characters whose low byte is a line break."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.io.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> two = new LinkedHashMap<>();
        two.put("Content-Type", "text/html; charset=utf-8");
        two.put("X-Room", "Kitchen ~ \"2nd floor\"");
        show("two", () -> head(200, two));
        show("none", () -> head(204, Map.of()));
        show("empty", () -> head(200, Map.of("X-Room", "")));
        show("crlf", () -> head(200, Map.of("X-Room", "a\r\nSet-Cookie: session=evil")));
        show("name", () -> head(200, Map.of("X-Room: a\r\nX", "b")));
        String[] breaks = {"\u560d\u560a", "\u010d\u010a", "\uff0d\uff0a", "\u560a", "\u010d",
            "\u560d\u560a\u560d\u560a", "\ud83d\ude0a", "\u0085", "\u2028", "\u0000", "\u000b"};
        for (int i = 0; i < breaks.length; i++) {
            String value = "Bath" + breaks[i] + "Set-Cookie: session=evil";
            show("break " + i, () -> head(200, Map.of("X-Room", value)));
            show("start " + i, () -> head(200, Map.of("X-Room", value.substring(4))));
        }
    }

    static String head(int status, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ResponseHead.write(out, status, headers);
        } catch (IllegalArgumentException e) {
            return out.size() == 0 ? "refused" : "cut off";
        }
        return out.toString("ISO-8859-1");
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def test_functional_heads(said):
    start = "HTTP/1.1 200 \r\n"
    assert said["two"] == start + 'Content-Type: text/html; charset=utf-8\r\nX-Room: Kitchen ~ "2nd floor"\r\n\r\n'
    assert said["none"] == "HTTP/1.1 204 \r\n\r\n"
    assert said["empty"] == start + "X-Room: \r\n\r\n"


def test_functional_plain_line_break(said):
    assert said["crlf"] == said["name"] == "refused"


@pytest.mark.parametrize("number", range(11))
@pytest.mark.parametrize("place", ["break", "start"])
def test_security_no_value_begins_a_line(said, place, number):
    head = said[f"{place} {number}"]
    assert head == "refused" or not any(line.startswith("Set-Cookie") for line in head.splitlines())
