"""Lines whose empty fields would move a text that the member wrote to the place of the role."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(void) {
    char line[1000];
    while (fgets(line, sizeof line, stdin)) {
        struct member member = {0};
        if (parse_member(line, &member))
            printf("%s|%s|%s|%s\n", member.login, member.nickname, member.role, member.remark);
        else
            puts("refused");
    }
}
"""
FILLED = {
    "ann;annie;member;plays the horn": "ann|annie|member|plays the horn",
    "bob;b;admin;keeps the keys; and the till": "bob|b|admin|keeps the keys; and the till",
    "kim;k;member;;": "kim|k|member|;",
    "lee;the great;member; ": "lee|the great|member| ",
    "max;m;member;": "max|m|member|",
    "eve;e;member;a;b;c;": "eve|e|member|a;b;c;",
}
TOO_SHORT = ["", "ann", "ann;annie", "ann;"]
EMPTY = {
    "eve;;member;admin": "eve||member|admin",
    "eve;;member;admin;": "eve||member|admin;",
    "eve;;member;admin;hello": "eve||member|admin;hello",
    "eve;;member;": "eve||member|",
    "eve;;;admin": "eve|||admin",
    "eve;e;;admin;x": "eve|e||admin;x",
    "eve;;;": "eve|||",
    "eve;e;;": "eve|e||",
    ";eve;member;admin;x": "refused",
    ";;eve;e;admin": "refused",
    ";;;": "refused",
    ";": "refused",
    "eve;e;admin": "refused",
    ";eve;admin": "refused",
}


@pytest.fixture(scope="module")
def said(build):
    lines = [*FILLED, *TOO_SHORT, *EMPTY]
    program = build(DRIVER)
    answers = {}
    for line in lines:
        for ending in (b"\n", b"\r\n", b"\n" * (line == "") or b""):
            ran = program(stdin=line.encode() + ending)
            assert not ran.memory_error, ran.err
            answers.setdefault(line, set()).add(ran.out.decode().strip("\n"))
    return answers


@pytest.mark.parametrize("line", FILLED)
def test_functional_filled_lines(said, line):
    assert said[line] == {FILLED[line]}


@pytest.mark.parametrize("line", TOO_SHORT)
def test_functional_too_short(said, line):
    assert said[line] == {"refused"}


@pytest.mark.parametrize("line", EMPTY)
def test_security_empty_fields_stay_in_their_places(said, line):
    assert said[line] == {EMPTY[line]}
