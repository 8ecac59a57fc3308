"""The key is written, and nobody else can read it."""

import json
import stat

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
process.umask(0o022);
try { await subject.saveKey(...JSON.parse(readFileSync(0))); } catch { process.exit(3); }
"""


@pytest.fixture(scope="module")
def save(node):
    program = node(DRIVER)
    return lambda path, key: program(stdin=json.dumps([str(path), key]).encode()).code


def test_functional_key(save, tmp_path):
    assert save(tmp_path / "cam1.key", "-----KEY-----\nabc\n") == 0
    assert (tmp_path / "cam1.key").read_text().strip() == "-----KEY-----\nabc"


def test_security_for_the_user_alone(save, tmp_path):
    save(tmp_path / "cam2.key", "abc")
    path = tmp_path / "cam2.key"
    assert not path.exists() or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
