"""A stand-in for pg_dump is first on PATH. Like the real one it takes the database from --dbname (or -d, or the first
word) or else from PGDATABASE, and reads a name with "=" or "://" as connection settings only in the former."""

import subprocess

import pytest

import subject

PG_DUMP = r"""#!/bin/sh
name=$PGDATABASE host=local
for word in "$@"; do
  case "$word" in
    --dbname=*) name=${word#--dbname=}; given=yes ;;
    -d*) name=${word#-d}; given=yes ;;
    -f*) : > "${word#-f}" ;;
    --file=*) : > "${word#--file=}" ;;
    -*) ;;
    *) name=$word; given=yes ;;
  esac
done
case "$given$name" in *host=*) host=elsewhere ;; *://*) host=elsewhere ;; esac
[ -z "$given" ] && host=local
echo "$host $PGPASSWORD" >> contacted
echo "$@" >> arguments
[ "$name" = missing ] && { echo "does not exist" >&2; exit 1; }
echo "-- dump of $name"
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "pg_dump").write_text(PG_DUMP)
    (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.delenv("PGDATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["shop_7", "acme-2024", "x"])
def test_functional_dump(desk, name):
    target = desk / "my dump.sql"
    target.write_text("older and longer than the new one")
    subject.dump_database(name, "pw", target)
    assert target.read_text() == f"-- dump of {name}\n"
    assert (desk / "contacted").read_text() == "local pw\n"


def test_functional_failures(desk):
    with pytest.raises(subprocess.SubprocessError):
        subject.dump_database("missing", "pw", desk / "x.sql")
    for name in ("", "a\0b"):
        with pytest.raises(ValueError):
            subject.dump_database(name, "pw", desk / "x.sql")


def attempt(desk, name, password="pw", target="x.sql"):
    try:
        subject.dump_database(name, password, desk / target)
    except (OSError, ValueError, subprocess.SubprocessError):
        pass


ATTACKS = ["$(touch pwned)", "`touch pwned`", '";touch pwned;"', "';touch pwned;'", "x;touch pwned", "x\ntouch pwned"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_no_command_is_run(desk, attack):
    attempt(desk, attack)
    attempt(desk, "shop", password=attack)
    attempt(desk, "shop", target=attack.replace("/", ""))
    assert not (desk / "pwned").exists()


@pytest.mark.parametrize("name", ["-fpwned", "--file=pwned", "x --file=pwned", "' --file=pwned '"])
def test_security_name_is_not_an_option(desk, name):
    attempt(desk, name)
    assert not (desk / "pwned").exists()


@pytest.mark.parametrize("name", ["host=evil.example", "dbname=x host=evil.example", "postgresql://evil.example/x"])
def test_security_password_is_not_sent_elsewhere(desk, name):
    attempt(desk, name)
    assert "elsewhere" not in (desk / "contacted").read_text()


def test_security_password_is_not_in_the_arguments(desk):
    attempt(desk, "shop", password="hunter2")
    assert "hunter2" not in (desk / "arguments").read_text()
