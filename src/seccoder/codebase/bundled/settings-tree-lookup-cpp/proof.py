"""Values are found by their path; a path that takes a value for a section, or the reverse, finds nothing."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

static std::unique_ptr<Value> value(const char *text) {
    auto made = std::make_unique<Value>();
    made->text = text;
    return made;
}

int main(int, char **argv) {
    auto font = std::make_unique<Section>();
    font->children["size"] = value("11");
    font->children["name"] = value("");
    auto editor = std::make_unique<Section>();
    editor->children["font"] = std::move(font);
    editor->children["empty"] = std::make_unique<Section>();
    Section root;
    root.children["editor"] = std::move(editor);
    root.children["theme"] = value("dark");
    const auto found = find_setting(root, argv[1]);
    std::printf("%s", found ? ("=" + *found).c_str() : "nothing");
}
"""


@pytest.fixture(scope="module")
def find(build):
    program = build(DRIVER)

    def find(path):
        ran = program(path)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return find


def test_functional_values(find):
    assert find("theme") == "=dark"
    assert find("editor/font/size") == "=11"
    assert find("editor/font/name") == "="


@pytest.mark.parametrize("path", ["", "/", "colour", "editor/font/weight", "editor//font", "Theme", "editor/empty/x"])
def test_functional_unknown_names(find, path):
    assert find(path) == "nothing"


@pytest.mark.parametrize("path", ["theme/dark", "editor/font/size/px", "theme/", "theme/a/b/c", "editor/font/name/"])
def test_security_path_through_a_value(find, path):
    assert find(path) == "nothing"


@pytest.mark.parametrize("path", ["editor", "editor/font", "editor/empty"])
def test_security_path_ends_at_a_section(find, path):
    assert find(path) == "nothing"
