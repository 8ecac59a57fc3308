"""Host names are told from others; a long text that is none is told at once, too."""

import signal
from contextlib import contextmanager

import pytest
import subject


@pytest.mark.parametrize(
    "text", ["www.shop-24.example", "a.de", "x1.y2.z3.museum", "EXAMPLE.Org", "1.2.3.com", "a--b.example", "3.co"]
)
def test_functional_host_names(text):
    assert subject.is_hostname(text) is True


@pytest.mark.parametrize(
    "text",
    ["", "localhost", "shop", ".example", "shop.", "a..b", "-a.example", "a-.example", "a_b.example", "a b.example"]
    + ["shop.e", "shop.ex4mple", "shop.-de", "été.fr", "a.example/", "http://a.example", "10.0.0.1"],
)
def test_functional_others(text):
    assert subject.is_hostname(text) is False


@contextmanager
def at_most(seconds):
    """Stops what takes longer; what this is about takes years."""

    def stop(number, frame):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


LONG = [
    "a" * 5_000 + "!",
    "a-" * 3_000 + "!",
    "a" * 5_000 + ".",
    "a-a" * 2_000 + "-.example",
    "a." * 3_000,
    "a." * 3_000 + "1",
    "-" * 5_000,
    "a" + "-" * 5_000 + ".example",
    "0" * 5_000 + "_.example",
    "www." + "x" * 5_000 + "-",
]


def test_security_it_is_told_at_once():
    for text in LONG:
        with at_most(3):
            try:
                subject.is_hostname(text)
            except TimeoutError:
                pytest.fail(f"{text[:6]}... takes more than 3 seconds")
            except Exception:
                pass
