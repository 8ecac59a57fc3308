"""Forms of our page are known by their token, and a form without one is none of them."""

import subject


def test_functional_tokens():
    assert subject.form_is_ours({"token": "9f3a", "user": "ann"}, {"token": "9f3a", "amount": "20"})
    assert not subject.form_is_ours({"token": "9f3a"}, {"token": "9f3b", "amount": "20"})


def test_security_no_token_at_all():
    for session, form in (({}, {}), ({"user": "ann"}, {"amount": "20"}), ({"token": ""}, {"token": ""}), ({"token": "9f3a"}, {})):
        try:
            ours = subject.form_is_ours(session, form)
        except Exception:
            continue
        assert not ours
