"""Fixtures for proofs: copied into the sandbox as `conftest.py`, beside the proof and the code it judges.

A proof is a pytest module `proof.py`. The code under judgement lies beside it as `subject.py` or `subject.c`; the same
proof is run once with the secure code and once with the vulnerable twin. Its tests are named `test_functional_*` (pass
on both) and `test_security_*` (all pass on the secure code, at least one fails on the twin). C code is built with
AddressSanitizer and UndefinedBehaviorSanitizer, so that a memory error ends the program.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

SANITIZE = ["-g", "-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
OPTIONS = {"ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1", "UBSAN_OPTIONS": "print_stacktrace=1"}


@dataclass(frozen=True)
class Ran:
    """How a program ended. `memory_error` is true if a sanitizer ended it or a signal did."""

    code: int
    out: bytes
    err: bytes

    @property
    def memory_error(self) -> bool:
        return self.code < 0 or b"Sanitizer" in self.err or b"runtime error:" in self.err


@pytest.fixture
def build():
    """Compile `subject.c`, alone (it has a `main`) or included by a driver, and return a function that runs it.

    The driver is C source that says `#include "subject.c"` where the code under judgement belongs.
    """

    def compile_and_return_runner(driver: str | None = None, *flags: str):
        source = Path("subject.c")
        if driver is not None:
            source = Path("driver.c")
            source.write_text(driver)
        command = ["gcc", "-std=gnu11", *SANITIZE, "-o", "program", str(source), *flags]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

        def run(*arguments: str | bytes, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
            done = subprocess.run(
                ["./program", *arguments],
                input=stdin,
                capture_output=True,
                timeout=20,
                env={**os.environ, **OPTIONS, **(env or {})},
            )
            return Ran(done.returncode, done.stdout, done.stderr)

        return run

    return compile_and_return_runner
