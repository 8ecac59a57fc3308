"""Logs inside the directory are read from their end; dots, links and like-named neighbours lead nowhere."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"

	"demo/subject"
)

func main() {
	for _, step := range os.Args[2:] {
		end, err := buildlog.Tail(os.Args[1], step, 8)
		if err != nil {
			end = []byte("refused")
		}
		json.NewEncoder(os.Stdout).Encode([]string{step, string(end)})
	}
}
"""

BENIGN = {
    "linux/unit-tests.log": "passed 8",
    "short.log": "ok",
    "/short.log": "ok",
    "linux/../short.log": "ok",
    "./linux//unit-tests.log": "passed 8",
    "..notes.log": "dots",
    "...": "three",
    "latest.log": "ok",
    "empty.log": "",
    "missing.log": "refused",
    "short.log/x": "refused",
}
ATTACKS = [
    "../secret",
    "linux/../../secret",
    "..//secret",
    "./../secret",
    "linux/../../42-private/secret",
    "../42-private/secret",
    "../../../../../../../../etc/hosts",
    "escape.log",
    "elsewhere/secret",
    "linux/up/../secret",
    "..",
]


@pytest.fixture(scope="module")
def said(go, tmp_path_factory):
    builds = tmp_path_factory.mktemp("builds")
    logs = builds / "42"
    (logs / "linux").mkdir(parents=True)
    (logs / "linux" / "unit-tests.log").write_text("a long log, then: passed 8")
    for name, text in {"short.log": "ok", "..notes.log": "dots", "...": "three", "empty.log": ""}.items():
        (logs / name).write_text(text)
    (logs / "latest.log").symlink_to("short.log")
    (builds / "secret").write_text("SECRET")
    (builds / "42-private").mkdir()
    (builds / "42-private" / "secret").write_text("SECRET")
    (logs / "escape.log").symlink_to("../secret")
    (logs / "elsewhere").symlink_to(builds / "42-private")
    (logs / "linux" / "up").symlink_to("../..")
    ran = go(DRIVER)(str(logs), *BENIGN, *ATTACKS)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("step", BENIGN)
def test_functional_end_of_log(said, step):
    assert said[step] == BENIGN[step]


@pytest.mark.parametrize("step", ATTACKS)
def test_security_nothing_outside(said, step):
    assert said[step] == "refused"
