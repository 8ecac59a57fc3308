"""A stand-in for lp notes its arguments; nothing else may be started, and every value arrives as one argument."""

import json
import os
import stat

import pytest

DRIVER = r"""
import java.nio.file.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < arguments.length; i += 3) {
            String[] job = {arguments[i], arguments[i + 1], arguments[i + 2]};
            show("case " + i / 3, () -> {
                Files.deleteIfExists(Path.of("lp.log"));
                LabelPrinter.print(Path.of(job[0]), job[1], job[2]);
                return Files.readString(Path.of("lp.log"));
            });
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
LP = """#!/bin/sh
for argument do printf '%s\\036' "$argument"; done > lp.log
[ "$2" != broken ]
"""

BENIGN = [("label.pdf", "front-desk", "order 1001"), ("a b.pdf", "hall", "2 mugs, 1 bowl"), ("l.pdf", "hall", "it's")]
ATTACKS = [
    ("label.pdf", "hall", "$(touch owned)"),
    ("label.pdf", "hall", "`touch owned`"),
    ("label.pdf", "hall", 'mug"; touch owned; "'),
    ("label.pdf", "hall", 'mug" & touch owned & "'),
    ("label.pdf", "hall", "mug\ntouch owned"),
    ("label.pdf", 'hall" | touch owned #', "mug"),
    ("label.pdf", "$(touch owned)hall", "mug"),
    ("$(touch owned).pdf", "hall", "mug"),
    ("label.pdf", "hall", "$HOME \\ ! * ~"),
    ("-o raw.pdf", "hall", "-o raw"),
]


@pytest.fixture(scope="module")
def said(java):
    os.mkdir("bin")
    with open("bin/lp", "w") as script:
        script.write(LP)
    os.chmod("bin/lp", stat.S_IRWXU)
    jobs = [*BENIGN, *ATTACKS, ("label.pdf", "broken", "order")]
    path = {"PATH": f"{os.getcwd()}/bin:{os.environ['PATH']}"}
    ran = java(DRIVER)(*(text for job in jobs for text in job), env=path)
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


def arguments(said, job):
    return said[f"case {[*BENIGN, *ATTACKS].index(job)}"].removesuffix("\x1e").split("\x1e")


@pytest.mark.parametrize("job", BENIGN)
def test_functional_job_reaches_lp(said, job):
    assert arguments(said, job) == ["-d", job[1], "-t", job[2], "--", job[0]]


def test_functional_failure_is_an_exception(said):
    assert said[f"case {len(BENIGN) + len(ATTACKS)}"] == "!IOException"


@pytest.mark.parametrize("job", ATTACKS)
def test_security_values_stay_single_arguments(said, job):
    assert arguments(said, job) == ["-d", job[1], "-t", job[2], "--", job[0]]


def test_security_nothing_else_was_started(said):
    assert not os.path.exists("owned")
