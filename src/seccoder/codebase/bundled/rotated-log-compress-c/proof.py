"""The file name reaches gzip as one argument, unchanged. A script that notes its arguments plays gzip."""

import os
import shutil
from pathlib import Path

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    printf("%d", compress_log(argv[1]));
}
"""
GZIP = """#!/bin/sh
for argument; do printf '%s\\0' "$argument"; done > arguments
exit ${GZIP_STATUS:-0}
"""
BUILT = []


@pytest.fixture
def compress(build):
    if not BUILT:
        BUILT.append(build(DRIVER))
    tools = Path("tools")
    shutil.rmtree(tools, ignore_errors=True)
    tools.mkdir()
    (tools / "gzip").write_text(GZIP)
    (tools / "gzip").chmod(0o755)
    Path("injected").unlink(missing_ok=True)

    def run(path, status=0, search=None):
        Path("arguments").unlink(missing_ok=True)
        search = search or f"{tools.resolve()}:{os.environ['PATH']}"
        ran = BUILT[0](path, env={"PATH": search, "GZIP_STATUS": str(status)})
        arguments = Path("arguments").read_bytes().decode().split("\0")[:-1] if Path("arguments").exists() else None
        return ran.out.decode(), arguments

    return run


@pytest.mark.parametrize("path", ["app.log.1", "/var/log/my app/app.log.1", "*.log", "-d"])
def test_functional_file_names(compress, path):
    assert compress(path) == ("0", ["-f", "--", path])


def test_functional_failure_is_told(compress):
    assert compress("app.log.1", status=1)[0] == "-1"
    assert compress("app.log.1", search=os.devnull) == ("-1", None)


@pytest.mark.parametrize(
    "path",
    [
        "it's.log",
        "x'; echo > injected; '",
        "x' $(echo > injected) '",
        "x'`echo > injected`'",
        "x' || echo > injected #",
    ],
)
def test_security_quotes_in_the_name(compress, path):
    outcome = compress(path)
    assert not Path("injected").exists()
    assert outcome == ("0", ["-f", "--", path])


@pytest.mark.parametrize("path", ["$(echo > injected)", "a;echo > injected", "a\necho > injected", '"', "\\"])
def test_security_other_shell_syntax(compress, path):
    outcome = compress(path)
    assert not Path("injected").exists()
    assert outcome == ("0", ["-f", "--", path])
