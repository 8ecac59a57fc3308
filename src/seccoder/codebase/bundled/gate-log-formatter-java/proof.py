"""Each record stays one line for every reader of logs, whatever was read; different texts stay different."""

import json

import pytest

DRIVER = r"""
import java.time.Instant;
import java.util.logging.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        String[] texts = {"AB-123", "two  words", "caf\u00e9", "a\nb", "a\rb", "a\r\nb", "a\u0085b", "a\u2028b",
            "a\u2029b", "a\u000bb", "a\fb", "a\u001b[1A\u001b[2Kb", "a\u0000b", "a\u009bb", "a\u202eb", "a\bb"};
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            show("message " + i, () -> line("Plate " + text, null));
            show("parameter " + i, () -> line("Plate {0}", null, text));
            show("thrown " + i, () -> line("Gate", new IllegalStateException(text)));
        }
        show("newline", () -> line("a\nb", null));
        show("escaped newline", () -> line("a\\nb", null));
        show("escaped code", () -> line("a\\u000ab", null));
    }

    static String line(String message, Throwable thrown, Object... parameters) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setLoggerName("gate.north");
        record.setInstant(Instant.ofEpochSecond(1_700_000_000));
        record.setThrown(thrown);
        record.setParameters(parameters);
        return new OneLineFormatter().format(record);
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
START = "2023-11-14T22:13:20Z WARNING gate.north "


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


@pytest.mark.parametrize(("number", "text"), [(0, "AB-123"), (1, "two  words"), (2, "caf\u00e9")])
def test_functional_lines(said, number, text):
    assert said[f"message {number}"] == said[f"parameter {number}"] == f"{START}Plate {text}\n"
    assert said[f"thrown {number}"] == f"{START}Gate (java.lang.IllegalStateException: {text})\n"


def test_functional_plain_newline(said):
    assert said["newline"].count("\n") == 1


@pytest.mark.parametrize("number", range(3, 16))
@pytest.mark.parametrize("place", ["message", "parameter", "thrown"])
def test_security_one_printable_line(said, place, number):
    line = said[f"{place} {number}"]
    assert line.startswith(START) and line.endswith("\n")
    assert len(line.splitlines()) == 1
    assert line[:-1].isprintable()


def test_security_forged_escape_can_be_told_from_a_real_one(said):
    assert len({said["newline"], said["escaped newline"], said["escaped code"]}) == 3
