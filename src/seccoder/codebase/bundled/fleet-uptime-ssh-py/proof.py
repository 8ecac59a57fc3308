"""A stand-in for ssh is first on PATH: it reads options as ssh does (ProxyCommand, -F) and never connects."""

import subprocess

import pytest

import subject

SSH = r"""#!/bin/sh
proxy() { case "$1" in ProxyCommand=*|proxycommand=*) sh -c "${1#*=}" ;; LocalCommand=*) sh -c "${1#*=}" ;; esac; }
while [ $# -gt 0 ]; do
  case "$1" in
    --) shift; break ;;
    -o) proxy "$2"; shift 2 ;;
    -o*) proxy "${1#-o}"; shift ;;
    -F*) cat "${1#-F}" >> leaked; shift ;;
    -E*) : > "${1#-E}"; shift ;;
    -*) shift ;;
    *) break ;;
  esac
done
[ "$1" = down.example.net ] && exit 255
echo "$1" >> contacted
shift
echo " 10:02:11 up 41 days: $*"
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ssh").write_text(SSH)
    (programs / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contacted(desk):
    log = desk / "contacted"
    return log.read_text().splitlines() if log.exists() else []


@pytest.mark.parametrize("host", ["web1", "db-2.eu-west.example.net", "10.20.30.40"])
def test_functional_returns_the_output_of_uptime(desk, host):
    assert subject.server_uptime(host) == "10:02:11 up 41 days: uptime"
    assert contacted(desk) == [host]


def test_functional_unreachable_server_is_an_error(desk):
    with pytest.raises(subprocess.SubprocessError):
        subject.server_uptime("down.example.net")


@pytest.mark.parametrize("host", ["", "web1 web2"])
def test_functional_malformed_names_are_refused(desk, host):
    with pytest.raises(ValueError):
        subject.server_uptime(host)
    assert contacted(desk) == []


def attempt(host):
    try:
        subject.server_uptime(host)
    except (ValueError, OSError, subprocess.SubprocessError):
        pass


@pytest.mark.parametrize(
    "host",
    [
        "-oProxyCommand=touch${IFS}pwned",
        "-oproxycommand=touch\tpwned",
        "-oLocalCommand=touch\tpwned",
        "-Epwned",
        "web1;touch pwned",
        "web1\ntouch\tpwned",
        "$(touch${IFS}pwned)",
        "`touch\tpwned`",
    ],
)
def test_security_no_command_is_started_here(desk, host):
    attempt(host)
    assert not (desk / "pwned").exists()


def test_security_no_configuration_file_is_read(desk):
    (desk / "config").write_text("secret")
    attempt("-Fconfig")
    assert not (desk / "leaked").exists()


def test_security_options_do_not_shift_the_host(desk):
    # If the argument counts as an option, the next word, "uptime", becomes the host.
    for host in ("-v", "--", "-4", "-oPort=2222"):
        attempt(host)
    assert contacted(desk) == []


def test_security_name_ends_where_the_pattern_ends(desk):
    for host in ("web1\n", "web1\n-v", "root@web1", "web1.-x", "a" * 300):
        attempt(host)
    assert contacted(desk) == []
