"""Books get their titles, also one that they had before."""

import pytest

DRIVER = r"""
#define _POSIX_C_SOURCE 200809L
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv)
{
    struct book book = {strdup("The Old Man and the Sea"), 1952};
    (void)argc;
    const char *title = argv[1][0] == '+' ? book.title + atoi(argv[1]) : argv[1];
    int told = set_title(&book, title);
    printf("%d %s", told, book.title);
    free(book.title);
    return 0;
}
"""


@pytest.fixture(scope="module")
def change(build):
    return build(DRIVER)


@pytest.mark.parametrize("title", ["Ulysses", "", "A rather long title with many words in it, more than before"])
def test_functional_titles(change, title):
    ran = change(title)
    assert not ran.memory_error and ran.out.decode() == f"0 {title}"


@pytest.mark.parametrize("at", ["+0", "+4"])
def test_security_a_title_that_the_book_has(change, at):
    assert not change(at).memory_error
