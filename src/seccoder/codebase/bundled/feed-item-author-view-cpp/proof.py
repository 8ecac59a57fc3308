"""Authors are there after the call, also those that were put together."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <vector>

int main(int, char **argv) {
    const Feed feed{argv[1]};
    const std::vector<Item> items{{argv[2], &feed}, {argv[2], &feed}};
    std::vector<decltype(author(items[0]))> kept;
    for (const Item &item : items)
        kept.push_back(author(item));
    for (const auto &text : kept)
        std::printf("%s|", std::string(text).c_str());
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)

    def run(*arguments, stdin=b""):
        ran = program(*arguments, stdin=stdin)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


def test_functional_own_author(run):
    assert run("Garden weekly", "Ann") == "Ann|Ann|"
    assert (
        run("", "A rather long name of an author of this feed") == "A rather long name of an author of this feed|" * 2
    )


@pytest.mark.parametrize("title", ["The weekly news of our gardens", "A feed with quite a long title" * 20])
def test_security_author_put_together(run, title):
    assert run(title, "") == f"{title} (editors)|" * 2
