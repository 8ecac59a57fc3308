"""Votes are counted for the five options, and in no other memory."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv)
{
    unsigned *votes = calloc(OPTIONS, sizeof *votes);
    for (int i = 1; i < argc; i++)
        printf("%d", count_vote(votes, argv[i]) ? 1 : 0);
    for (int i = 0; i < OPTIONS; i++)
        printf(" %u", votes[i]);
    free(votes);
    return 0;
}
"""


@pytest.fixture(scope="module")
def vote(build):
    return build(DRIVER)


@pytest.mark.parametrize(
    ("answers", "printed"),
    [
        (["3"], "1 0 0 1 0 0"),
        (["1", "2", "5", "5", "4"], "11111 1 1 0 1 2"),
        (["6"], "0 0 0 0 0 0"),
        (["x", "", "1000", "three"], "0000 0 0 0 0 0"),
        (["1", "7", "1"], "101 2 0 0 0 0"),
        (["2x"], "0 0 0 0 0 0"),
    ],
)
def test_functional_votes(vote, answers, printed):
    ran = vote(*answers)
    assert not ran.memory_error and ran.out.decode() == printed


@pytest.mark.parametrize(
    "answer",
    ["0", "-0", "-1", "-2", "-4", "+0", " 0", "-2147483648", "-2147483647", "4294967295", "4294967296", "-4294967297"]
    + ["00", "-00001", "18446744073709551615", "99999999999999999999", "-99999999999999999999", "2147483648"],
)
def test_security_no_other_memory(vote, answer):
    ran = vote(answer)
    assert not ran.memory_error, ran.err
