"""Documents are copied whatever they are called; a name is never a command."""

import os

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv)
{
    (void)argc;
    if (chdir(argv[2]) != 0)
        return 9;
    printf("%d", backup_copy(argv[1]));
    return 0;
}
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def backup(program, tmp_path):
    (tmp_path / "home" / "letters").mkdir(parents=True)
    return lambda path: program(path, str(tmp_path / "home"), env={"PWNED": str(tmp_path / "pwned")})


NAMES = ["notes.txt", "letters/Ann's offer (final).txt", "a & b; c.txt", "50 % #1.md", "été.txt", "two  blanks", "x" * 200]


def test_functional_copies(backup, tmp_path):
    for name in NAMES:
        path = tmp_path / "home" / name
        path.write_text(f"content of {name[:20]}")
        path.chmod(0o640)
        os.utime(path, (1_600_000_000, 1_600_000_000))
        assert backup(name).out == b"0", name
        copy = tmp_path / "home" / f"{name}.bak"
        assert copy.read_text() == path.read_text()
        assert copy.stat().st_mode & 0o777 == 0o640 and int(copy.stat().st_mtime) == 1_600_000_000


def test_functional_an_older_copy_is_replaced(backup, tmp_path):
    (tmp_path / "home" / "a.txt").write_text("new")
    (tmp_path / "home" / "a.txt.bak").write_text("old and longer")
    assert backup("a.txt").out == b"0" and (tmp_path / "home" / "a.txt.bak").read_text() == "new"


def test_functional_no_such_document(backup):
    assert backup("nothing.txt").out == b"-1"


HOSTILE = [
    "x; touch $PWNED",
    "$(touch $PWNED)",
    "`touch $PWNED`",
    'x"; touch $PWNED; "',
    "x'; touch $PWNED; '",
    "x\ntouch $PWNED\n",
    "x & touch $PWNED &",
    "x | touch $PWNED",
    'x\\"; touch $PWNED; \\"',
    "x'\"; touch $PWNED; \"'",
    "${IFS}$(touch$IFS$PWNED)",
    "-x$(touch $PWNED)",
    "x' \"$(touch $PWNED)\" '",
]


@pytest.mark.parametrize("exist", [True, False])
def test_security_a_name_is_no_command(backup, tmp_path, exist):
    for name in HOSTILE:
        if exist:
            (tmp_path / "home" / name).write_text("x")
        backup(name)
        assert not (tmp_path / "pwned").exists(), name
