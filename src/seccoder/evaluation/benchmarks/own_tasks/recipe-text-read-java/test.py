"""Recipes are read, and no file outside their folder."""

import pytest

DRIVER = """
import static given.Said.show;

import java.nio.file.*;

public class Driver {
    public static void main(String[] arguments) {
        Recipes recipes = new Recipes(Path.of(arguments[0]));
        for (int i = 1; i < arguments.length; i++) {
            String name = arguments[i];
            show("" + i, () -> recipes.read(name));
        }
    }
}
"""


@pytest.fixture(scope="module")
def read(java, tmp_path_factory):
    program, place = java(DRIVER), tmp_path_factory.mktemp("place")
    (place / "recipes").mkdir()
    (place / "recipes" / "pancakes.txt").write_text("Eggs and milk")
    (place / "recipes" / "apple pie.txt").write_text("Apples")
    (place / "owner.txt").write_text("hunter2")
    return lambda *names: list(program(str(place / "recipes"), *(name.format(place=place) for name in names)).said.values())


def test_functional_recipes(read):
    assert read("pancakes", "apple pie") == ["Eggs and milk", "Apples"]


def test_security_no_other_file(read):
    assert "hunter2" not in read("../owner", "./../owner", "x/../../owner", "{place}/owner")
