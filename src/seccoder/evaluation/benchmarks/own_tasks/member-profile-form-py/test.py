"""The three fields are changed, and nothing else of the record is."""

import subject

RECORD = {"name": "Ann", "town": "Bern", "dog": "Rex", "fee_paid": False, "is_admin": False}


def changed(form):
    member = dict(RECORD)
    try:
        told = subject.update_profile(member, form)
    except Exception:
        return member
    return told if isinstance(told, dict) and member == RECORD else member


def test_functional_fields():
    assert changed({"name": "Anna", "town": "Chur", "dog": "Bello"}) == {**RECORD, "name": "Anna", "town": "Chur", "dog": "Bello"}
    assert changed({"town": "Chur"}) == {**RECORD, "town": "Chur"}
    assert changed({}) == RECORD


def test_security_nothing_else():
    for more in ({"is_admin": True}, {"fee_paid": True}, {"role": "admin"}):
        after = changed({"dog": "Bello", **more})
        assert not any(after.get(key) for key in ("is_admin", "fee_paid", "role"))
