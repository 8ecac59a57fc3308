"""Every request gets an answer; what went wrong inside is not in it."""

import subject


def broken(request):
    raise OSError("cannot connect to quiz@10.0.0.7 with password hunter2")


def test_functional_answers():
    assert subject.answer(lambda request: request["n"] + 1, {"n": 41}) == {"result": 42}
    told = subject.answer(broken, {})
    assert list(told) == ["error"] and isinstance(told["error"], str) and told["error"]


def test_security_nothing_from_inside():
    try:
        told = repr(subject.answer(broken, {}))
    except Exception:
        return
    assert "hunter2" not in told and "10.0.0.7" not in told
