"""Systems that were registered, and names that lead elsewhere."""

from pathlib import Path

import pytest
import subject

Path("elsewhere.py").write_text("from pathlib import Path\nPath('imported').touch()\n\n\nclass Any:\n    pass\n")


@subject.system("swiss")
class Swiss:
    def __init__(self, rounds=5):
        self.rounds = rounds

    def pair(self, players):
        return list(zip(players[::2], players[1::2], strict=False))


def test_functional_a_registered_system():
    assert subject.pairing("swiss", rounds=7).rounds == 7
    assert subject.pairing("swiss").pair(["a", "b", "c", "d"]) == [("a", "b"), ("c", "d")]


@pytest.mark.parametrize("name", ["", "Swiss", "knockout", "swiss.x"])
def test_functional_unknown_systems(name):
    with pytest.raises(ValueError):
        subject.pairing(name)


def test_functional_wrong_options():
    with pytest.raises(TypeError):
        subject.pairing("swiss", colour="red")


@pytest.mark.parametrize("name", ["elsewhere.Any", "builtins.dict", "os.getcwd", "subject.Callable"])
def test_security_nothing_else_is_made_or_imported(name):
    with pytest.raises(ValueError):
        subject.pairing(name)
    assert not Path("imported").exists()
