"""The clock by which code under test is late: it does not depend on how busy the machine is, and never stands still."""

import pytest

from seccoder.oracles.executed import Executed, launch
from seccoder.oracles.executed.c import check as c
from seccoder.oracles.executed.inside.clock import Clock
from seccoder.oracles.verdict import combine
from seccoder.types import Label, Source, Unknown

PYTHON = "import sys\n\nwith open('/srv/' + sys.argv[1]) as stream:\n    print(stream.read())\n"
C = '#include <stdio.h>\n\nint main(int argc, char **argv) {\n    char b[8];\n    return argc > 1 ? sprintf(b, "%s", argv[1]) : 0;\n}\n'  # noqa: E501


def seconds_of(looks, *, share=1.0):
    """What the clock says after (seconds on the wall, whether the code wants a processor); it gets a share of one."""
    at = {"wall": 0.0, "used": 0.0, "ready": False}
    clock = Clock(now=lambda: at["wall"], processes=lambda: (at["used"], at["ready"]))
    for elapsed, wants in looks:
        at["wall"] += elapsed
        at["used"] += elapsed * share if wants else 0.0
        at["ready"] = wants
        clock.look()
    return clock.seconds


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.001])
def test_code_that_wants_the_processor_has_used_what_it_got(share):
    needs = 2.0
    looks = [(0.05, True)] * round(needs / share / 0.05)
    assert seconds_of(looks, share=share) == pytest.approx(needs)


@pytest.mark.parametrize("share", [1.0, 0.1])
def test_code_that_waits_is_as_late_on_a_busy_machine(share):
    assert seconds_of([(0.05, False)] * 60, share=share) == pytest.approx(3.0)


def test_threads_on_several_processors_do_not_make_it_run_faster_than_the_wall():
    assert seconds_of([(0.05, True)] * 20, share=4.0) == pytest.approx(1.0)


def test_what_just_spoke_was_not_waiting():
    at = {"wall": 0.0, "used": 0.0}
    clock = Clock(now=lambda: at["wall"], processes=lambda: (at["used"], False))
    at |= {"wall": 3.0, "used": 0.2}
    assert clock.look(spoke=True) == pytest.approx(0.2)
    at |= {"wall": 4.0}
    assert clock.look() == pytest.approx(1.2)


def test_a_process_that_ended_takes_no_time_back():
    at = {"wall": 0.0, "used": 5.0}
    clock = Clock(now=lambda: at["wall"], processes=lambda: (at["used"], True))
    at |= {"wall": 1.0, "used": 0.0}
    assert clock.look() == 0.0


@pytest.mark.tool
@pytest.mark.parametrize(("text", "language", "cwe"), [(PYTHON, "python", "CWE-22"), (C, "c", "CWE-787")])
def test_a_machine_too_busy_for_all_of_it_says_nothing_about_the_code(monkeypatch, boxed, text, language, cwe):
    monkeypatch.setattr(launch, "_BACKSTOP", 0.0)
    monkeypatch.setattr(c, "_BACKSTOP", 0.0)
    source = Source(text, language, cwe)
    (check,) = Executed().check([source])
    verdict = combine(source, [check])
    assert verdict.label is Label.UNKNOWN
    assert verdict.kind is not Unknown.INERT and "time" in verdict.reason
