"""The README keeps the field's order, and its example shows what the program prints."""

import re
import subprocess
import sys

import pytest

from conftest import REPOSITORY, need_tool

README = (REPOSITORY / "README.md").read_text()
ORDERS = '''import sqlite3


def orders(db: sqlite3.Connection, customer: str) -> list[tuple]:
    """All orders of one customer."""
    return db.execute(f"SELECT * FROM orders WHERE customer = '{customer}'").fetchall()
'''


def test_the_readme_has_the_order_of_the_field():
    assert re.findall(r"^## (.*)$", README, flags=re.MULTILINE) == [
        *("Requirements", "Install", "Quick start", "What a verdict means", "What was measured"),
        *("Limits", "More", "How to cite"),
    ]
    assert "make demo" in README
    assert "make test" in README


@pytest.mark.tool
def test_the_output_in_the_readme_is_what_check_prints(tmp_path):
    need_tool("bwrap")
    (tmp_path / "orders.py").write_text(ORDERS)
    command = [sys.executable, "-m", "seccoder", "check", "orders.py", "--cwe", "CWE-89"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=240)
    assert done.returncode == 1
    shown = README.partition("    $ seccoder check orders.py --cwe CWE-89\n")[2].partition("\n\n")[0]
    printed = done.stdout + done.stderr
    assert [line.strip() for line in shown.splitlines()] == [line.strip() for line in printed.splitlines()]
