"""A stand-in for lp notes its arguments; nothing else may be started, and every value arrives as one argument."""

import os
import stat

import pytest

DRIVER = r"""
import static given.Said.show;

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
    return java(DRIVER)(*(text for job in jobs for text in job), env=path).said


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
