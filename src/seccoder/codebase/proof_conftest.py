"""Fixtures for proofs: copied into the sandbox as `conftest.py`, beside the proof and the code it judges.

A proof is a pytest module `proof.py`. The code under judgement lies beside it as `subject.<ext>`; the same proof is run
once with the secure code and once with the vulnerable twin. Its tests are named `test_functional_*` (pass on both) and
`test_security_*` (all pass on the secure code, at least one fails on the twin). Python code is imported; for the other
languages a fixture puts a driver beside the code, builds both, and returns a function that runs the result:

    build       C and C++    the driver says `#include "subject.c"` (or `.cpp`); without one the code has a `main`
    node        JavaScript, TypeScript    the driver is an ES module that imports from "./subject.js"
    java        Java         the driver is `Driver.java` with a `main`; both are in the default package
    go          Go           the driver is package main and imports "demo/subject"

C and C++ are built with AddressSanitizer and UndefinedBehaviorSanitizer, so that a memory error ends the program.
Nothing beyond the languages' own libraries is there: a framework that the code imports is stood in for by the proof,
which writes what it needs into the folder first. What several proofs need lies beside them in the folder `given`:

    import static given.Said.show;    Java: `show(name, () -> ...)` tells what a call gave, which is then in `Ran.said`
    import static given.Jdbc.*;       Java: `database(...)` stands in for a database and keeps a `log` of statements
    import org.springframework...     Java: annotations, statuses and uploads of Spring, without its server
    build(DRIVER, "-Igiven")          C and C++: `<libxml/xpath.h>`, and `<openssl/evp.h>` with toys for the ciphers

For code that speaks TLS, `certificate` makes certificates, and `tls_server` is a server that shows one of them:

    certificate("ca", "ca.example")               ca.pem and ca.key, signed by itself
    certificate("shop", "shop.example", "ca")     shop.pem and shop.key, signed by that CA
    tls_server("shop", talk).port                 for one visitor: talk(connection, secure) is run in a thread
"""

import itertools
import json
import os
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import standards  # type: ignore[import-not-found]  # `seccoder.code.standards`, which is copied beside it

SANITIZE = ["-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
# Nobody reads the stack traces: without names and lines for them a crash takes a tenth of the time.
OPTIONS = {"ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:symbolize=0"}
JVM = ["-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:-UsePerfData"]  # starts fast
# The compiler's own classes need no verification: that is a tenth of its time. An archive of them saves more.
# With room for what is new, it need not collect garbage.
JAVAC = [*JVM, "-Xms128m", "-Xmn64m", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"]
ARCHIVE = Path("/shown/javac.jsa")
if ARCHIVE.exists():
    JAVAC += [f"-XX:SharedArchiveFile={ARCHIVE}", "-Xlog:disable"]
OPENSSL = """
[req]
distinguished_name = name
[name]
[ca]
default_ca = signing
[signing]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[extensions]
subjectKeyIdentifier = hash
"""
AUTHORITY = "\nbasicConstraints = critical, CA:true\nkeyUsage = critical, digitalSignature, keyCertSign"


@dataclass(frozen=True)
class Ran:
    """How a program ended. `memory_error` is true if a sanitizer ended it or a signal did."""

    code: int
    out: bytes
    err: bytes

    @property
    def memory_error(self) -> bool:
        """Whether a sanitizer or a signal ended it."""
        return self.code < 0 or b"Sanitizer" in self.err or b"runtime error:" in self.err

    @property
    def said(self) -> dict[str, Any]:
        """What a driver told with `show`: what each call gave, by name; "!" and the exception's class if it threw."""
        lines = [line.split("\t", 1) for line in self.out.decode().splitlines() if "\t" in line]
        return {name: json.loads(value) for name, value in lines}


Run = Callable[..., Ran]


def compiled(*command: str, env: dict[str, str] | None = None, cwd: str | None = None) -> None:
    """Run a compiler or another tool; the test fails with its message if it does."""
    done = subprocess.run(command, capture_output=True, timeout=110, env={**os.environ, **(env or {})}, cwd=cwd)
    if done.returncode != 0:
        pytest.fail(f"{command[0]} failed: {(done.stderr or done.stdout).decode(errors='replace')[:2000]}")


def runner(*command: str) -> Run:
    """A function that runs a program with arguments, standard input and environment."""

    def run(*arguments: str | bytes, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [*command, *arguments], input=stdin, capture_output=True, timeout=20, env={**os.environ, **(env or {})}
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def build() -> Callable[..., Run]:
    """Compile `subject.c` or `subject.cpp`, alone or included by a driver; further flags go to the compiler."""
    numbers = itertools.count()

    def compile_c(driver: str | None = None, *flags: str) -> Run:
        subject = Path("subject.c") if Path("subject.c").exists() else Path("subject.cpp")
        source = subject
        if driver is not None:
            source = subject.with_stem("driver")
            source.write_text(driver)
        compiler = ["gcc", *standards.OPTIONS["c"]] if subject.suffix == ".c" else ["g++", *standards.OPTIONS["cpp"]]
        name = f"./program{next(numbers)}"  # a proof may build several
        compiled(*compiler, *SANITIZE, "-o", name, str(source), *flags)
        program = runner(name)
        return lambda *arguments, stdin=b"", env=None: program(*arguments, stdin=stdin, env={**OPTIONS, **(env or {})})

    return compile_c


@pytest.fixture(scope="session")
def node() -> Callable[[str], Run]:
    """Put an ES module beside `subject.js` (`subject.ts` becomes that first)."""

    def prepare(driver: str) -> Run:
        if Path("subject.ts").exists():
            compiled("esbuild", "subject.ts", "--format=esm", "--outfile=subject.js", "--log-level=error")
        text = Path("subject.js").read_text()
        kind = "module" if re.search(r"^(import|export)\b", text, re.MULTILINE) else "commonjs"
        Path("package.json").write_text(f'{{"type": "{kind}"}}')
        Path("driver.mjs").write_text(driver)
        return runner("node", "driver.mjs")

    return prepare


@pytest.fixture(scope="session")
def java() -> Callable[[str], Run]:
    """Compile `Driver.java` with `subject.java`, under its class's name, and any other source the proof wrote."""

    def prepare(driver: str) -> Run:
        text = Path("subject.java").read_text()
        public = re.search(
            r"^public\s+(?:(?:final|abstract|sealed)\s+)*(?:class|record|interface|enum)\s+(\w+)", text, re.M
        )
        subject = Path(f"{public[1]}.java" if public else "Subject.java")
        subject.write_text(text)
        Path("Driver.java").write_text(driver)
        others = [
            str(path)
            for path in Path().rglob("*.java")
            if path.name not in {"subject.java", subject.name, "Driver.java"} and path.parts[0] != "given"
        ]
        flags = [f"-J{flag}" for flag in JAVAC]
        options = ["-proc:none", "-nowarn", "-d", "classes", "-sourcepath", ".:given/spring"]  # what is imported
        compiled("javac", *flags, *options, str(subject), "Driver.java", *others)
        return runner("java", *JVM, "-cp", "classes", "Driver")

    return prepare


@pytest.fixture(scope="session")
def go() -> Callable[[str], Run]:
    """Build a main package that imports `subject.go` as "demo/subject"."""

    def prepare(driver: str) -> Run:
        module = Path("module")
        (module / "subject").mkdir(parents=True, exist_ok=True)
        (module / "go.mod").write_text("module demo\n\ngo 1.19\n")
        (module / "subject" / "subject.go").write_text(Path("subject.go").read_text())
        (module / "main.go").write_text(driver)
        env = {
            "GOCACHE": f"{os.getcwd()}/.go-cache",
            "GOFLAGS": "-mod=mod",
            "GOPROXY": "off",
            "CGO_ENABLED": "1",  # the standard library is then there compiled, where the toolchain brings it so
            "GOTOOLCHAIN": "local",
        }
        compiled("go", "build", "-ldflags=-s -w", "-o", "../program", ".", env=env, cwd="module")  # no debug tables
        return runner("./program")

    return prepare


@pytest.fixture(scope="session")
def certificate() -> Callable[..., None]:
    """Make `<name>.pem` and `<name>.key` with the program `openssl`."""

    def make(
        name: str,
        host: str,
        by: str | None = None,
        *,
        years: tuple[int, int] = (2020, 2120),
        extensions: str | None = None,
    ) -> None:
        """Make a certificate.

        Args:
            name: Of its files.
            host: The server it is for.
            by: The name of the one that signs it; None: it signs itself, and may sign others.
            years: It is valid from the beginning of the first to that of the second.
            extensions: Lines as in `openssl.cnf`, in place of those that give it the host's name.
        """
        named = f"subjectAltName = DNS:{host}" if extensions is None else extensions
        Path("openssl.cnf").write_text(OPENSSL + named + ("" if by else AUTHORITY) + "\n")
        Path("index.txt").touch()
        config = ("-config", "openssl.cnf")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key")
        compiled("openssl", "req", *config, *key, "-subj", f"/CN={host}", "-out", f"{name}.csr")
        signer = ("-cert", f"{by}.pem", "-keyfile", f"{by}.key") if by else ("-selfsign", "-keyfile", f"{name}.key")
        dates = ("-startdate", f"{years[0]}0101000000Z", "-enddate", f"{years[1]}0101000000Z")
        out = ("-extensions", "extensions", "-in", f"{name}.csr", "-out", f"{name}.pem", "-notext", "-batch")
        compiled("openssl", "ca", *config, *signer, *dates, *out)

    return make


Secure = Callable[[socket.socket], ssl.SSLSocket]


class TlsServer(threading.Thread):
    """A server on the loopback device for one visitor; `join` waits until it has gone.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, name: str, talk: Callable[[socket.socket, Secure], None]) -> None:
        """Start it.

        Args:
            name: The certificate's.
            talk: Gets the connection, still in the clear, and a function that returns it encrypted.
        """
        super().__init__(daemon=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(f"{name}.pem", f"{name}.key")
        self.talk = talk
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(30)
        self.port: int = self.listener.getsockname()[1]
        self.start()

    def run(self) -> None:
        """Talk to the visitor until one of both leaves, or refuses the other."""
        with suppress(OSError, ValueError), self.listener, self.listener.accept()[0] as connection:
            connection.settimeout(10)
            self.talk(connection, self.secure)

    def secure(self, connection: socket.socket) -> ssl.SSLSocket:
        """Shake hands as the server."""
        return self.context.wrap_socket(connection, server_side=True)


@pytest.fixture(scope="session")
def tls_server() -> type[TlsServer]:
    """A server with a certificate that was made before; see `TlsServer`."""
    return TlsServer
