"""Pages are listed; a number that is far too large costs neither memory nor time."""

import resource
import signal
from contextlib import contextmanager

import pytest
import subject


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("1-3, 7, 10-", [1, 2, 3, 7, 10, 11, 12]),
        ("", list(range(1, 13))),
        ("5", [5]),
        ("12", [12]),
        ("7,3 ,3,1-3", [1, 2, 3, 7]),
        ("4-4", [4]),
        (" 2 - 4 ", [2, 3, 4]),
    ],
)
def test_functional_pages(text, pages):
    assert subject.pages_to_print(text, 12) == pages


@pytest.mark.parametrize("text", ["0", "13", "3-1", "a", "1-b", "1,,2", "1-2-3", "11-13", "-", "13-", "1;2"])
def test_functional_no_such_pages(text):
    with pytest.raises(ValueError):
        subject.pages_to_print(text, 12)


@contextmanager
def little():
    """Three seconds and 400 MB more than now."""

    def stop(number, frame):
        raise TimeoutError

    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGALRM, stop)
    resource.setrlimit(resource.RLIMIT_AS, (used + 400_000_000, hard))
    signal.alarm(3)
    try:
        yield
    finally:
        signal.alarm(0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("text", ["1-99999999999", "1-3,5-2000000000", "99999999999-199999999999", "1-" + "9" * 300, "1-1" + "0" * 9])
def test_security_a_large_number_is_only_wrong(text):
    with little():
        try:
            subject.pages_to_print(text, 12)
        except (MemoryError, TimeoutError):
            too_much = True
        except Exception:
            too_much = False
        else:
            too_much = False
    assert not too_much
