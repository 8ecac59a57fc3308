"""Keys are told apart, but not by a comparison that ends at the first difference."""

import subject


class Key(str):
    """A key that notices when it is compared letter by letter."""

    compared = False
    __hash__ = str.__hash__

    def __eq__(self, other):
        Key.compared = True
        return str.__eq__(self, other)

    def __ne__(self, other):
        Key.compared = True
        return str.__ne__(self, other)


def test_functional_keys():
    keys = {"reader": "k3y-77aa", "clock": "k3y-0000"}
    assert subject.may_ask(keys, "reader", "k3y-77aa") and subject.may_ask(keys, "clock", "k3y-0000")
    for sent in ("k3y-77ab", "", "k3y-77a", "k3y-77aaa", "K3Y-77AA", "k3y-0000"):
        assert not subject.may_ask(keys, "reader", sent)
    assert not subject.may_ask(keys, "nobody", "k3y-77aa")


def test_security_no_comparison_that_takes_longer_for_better_guesses():
    Key.compared = False
    for sent in ("k3y-77aa", "x3y-77aa"):
        try:
            subject.may_ask({"reader": Key("k3y-77aa")}, "reader", Key(sent))
        except Exception:
            pass
    assert not Key.compared
