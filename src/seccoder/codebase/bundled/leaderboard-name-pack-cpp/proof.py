"""Names are cut to sixteen bytes between characters, in every script; nothing is written behind the record's name."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>
#include <memory>

int main(int, char **argv) {
    const auto record = std::make_unique<HighScore>(pack_score(argv[1], std::atoi(argv[2])));
    std::fwrite(record->name, 1, sizeof record->name, stdout);
    std::printf("%u", static_cast<unsigned>(record->score));
}
"""


@pytest.fixture(scope="module")
def packed(build):
    program = build(DRIVER)

    def packed(name, score=4711):
        ran = program(name, str(score))
        assert not ran.memory_error, ran.err
        return ran.out[:16].rstrip(b"\0"), int(ran.out[16:])

    return packed


@pytest.mark.parametrize("name", ["", "ANN", "Zoë", "exactly sixteen!", "日本の友達"])
def test_functional_names_that_fit(packed, name):
    assert packed(name) == (name.encode(), 4711)


def test_functional_long_name_is_cut(packed):
    assert packed("the quick brown fox", 0) == (b"the quick brown ", 0)
    assert packed("x" * 1000) == (b"x" * 16, 4711)


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("exactly sixteën", "exactly sixteën"),
        ("fifteen bytes..é", "fifteen bytes.."),
        ("é" * 9, "é" * 8),
        ("ö" * 16, "ö" * 8),
        ("日" * 16, "日" * 5),
        ("🎮" * 16, "🎮" * 4),
        ("a" + "🎮" * 4, "a" + "🎮" * 3),
    ],
)
def test_security_long_characters(packed, name, cut):
    assert packed(name) == (cut.encode(), 4711)


def test_security_bytes_that_only_continue(packed):
    name, score = packed(b"\x80" * 100)
    assert set(name) <= {0x80}
    assert score == 4711
