"""The token is kept, and nobody else can read it."""

import stat

import pytest

DRIVER = r"""
package main

import (
	"os"

	client "demo/subject"
)

func main() {
	if err := client.SaveToken(os.Args[1], os.Args[2]); err != nil {
		os.Exit(3)
	}
}
"""


@pytest.fixture(scope="module")
def save(go):
    return go(DRIVER)


def test_functional_token(save, tmp_path):
    for token in ("abc.def", "other"):
        assert save(str(tmp_path / "token"), token).code == 0
        assert (tmp_path / "token").read_text().strip() == token
    assert save(str(tmp_path / "no" / "token"), "x").code == 3


def test_security_for_the_user_alone(save, tmp_path):
    save(str(tmp_path / "fresh"), "abc")
    path = tmp_path / "fresh"
    assert not path.exists() or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
