"""Each record stays one line for every reader of logs, whatever was read; different texts stay different."""

import pytest

DRIVER = r"""
import static given.Said.show;

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
}
"""
START = "2023-11-14T22:13:20Z WARNING gate.north "


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


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
