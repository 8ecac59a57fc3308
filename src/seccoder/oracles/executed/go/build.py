"""Builds the harness that Go sources are linked with, and a standard library that tells of sensitive calls.

It takes nothing and returns the files that lie in the box beside a source: patched files of the standard library, as an
overlay that leaves the installed one alone, and the build cache that goes with them. The cache is kept in the folder
for caches, as it takes half a minute to fill and holds nothing foreign.
"""

import json
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from seccoder import sandbox
from seccoder.oracles.executed.go.hooks import HOOKS, INSTEAD
from seccoder.oracles.executed.traced.kept import kept

INSIDE = Path(__file__).parents[1] / "inside" / "go"
ENV = {
    "GOCACHE": "/box/cache",
    "GOPATH": "/box/path",
    "GOFLAGS": "-mod=mod",
    "GOPROXY": "off",
    "GONOSUMDB": "*",
    "GONOSUMCHECK": "1",
    "GOTOOLCHAIN": "local",
    "CGO_ENABLED": "0",
    "GO111MODULE": "on",
}
BUILD = "go build -overlay /box/overlay.json -ldflags='-s -w' -o /box/program ."
_WATCH = """package boxwatch

// Hook is told of each sensitive call, where the harness wants to know.
var Hook func(kind, name string, given ...any)

// Resolve names the address of a host; "" where the library is to look itself.
var Resolve func(host string) string

// Dial makes a connection (a net.Conn).
var Dial func(address, ip string) (any, error)
"""


@cache
def root() -> Path | None:
    """Return the folder of the installed Go, or None if there is none."""
    program = shutil.which("go")
    if program is None:
        return None
    home = Path(program).resolve().parents[1]
    return next((each for each in (home, Path("/usr/lib/go")) if (each / "src").exists()), None)


@cache
def overlay() -> dict[str, str]:
    """Return the patched files of the standard library and the list that names them, by their paths in the box."""
    home = root()
    assert home is not None  # noqa: S101 - the caller has looked
    texts: dict[str, str] = {}
    statements = [(path, begin, _told(call)) for path, begin, call in HOOKS]
    for path, begin, statement in (*statements, *INSTEAD):
        original = home / "src" / path
        if path not in texts and original.exists():
            texts[path] = original.read_text()
        if begin in texts.get(path, ""):
            texts[path] = texts[path].replace(begin, f"{begin} {statement}", 1)
    patched = {path: _importing(text) for path, text in texts.items() if "boxwatch." in text}
    patched["boxwatch/boxwatch.go"] = _WATCH
    listed = {f"{home}/src/{path}": f"/box/std/{path}" for path in patched}
    files = {f"std/{path}": text for path, text in patched.items()}
    return {**files, "overlay.json": json.dumps({"Replace": listed})}


def _told(call: str) -> str:
    return f"if f := boxwatch.Hook; f != nil {{ f{call.removeprefix('H')} }};"


def _importing(text: str) -> str:
    return re.sub(r"(?m)^(package \w+)$", r'\1; import "boxwatch"', text, count=1)


@cache
def modules() -> dict[str, str]:
    """Return the files of the module that a source becomes a package of: the harness, the stand-ins and `go.mod`."""
    files = {f"m/{path.relative_to(INSIDE)}": path.read_text() for path in INSIDE.rglob("*.go")}
    stand_ins: dict[str, str] = {}
    for part in re.split(r"(?m)^=== ", (INSIDE / "stand_ins.txt").read_text())[1:]:
        head, _, body = part.partition("\n")
        module, _, package = head.partition(" ")
        place = f"s/{module}/{package}".rstrip("/")
        stand_ins[f"{place}/stand_in.go"] = body
        stand_ins[f"s/{module}/go.mod"] = f"module {module}\n\ngo 1.19\n"
    names = sorted({path.removeprefix("s/").removesuffix("/go.mod") for path in stand_ins if path.endswith("/go.mod")})
    majors = {name: re.search(r"/v(\d+)$", name) for name in names}
    lines = [f"require {name} v{major[1] if major else 1}.0.0" for name, major in majors.items()]
    lines += [f"replace {name} => /box/s/{name}" for name in names]
    files["m/go.mod"] = "module box\n\ngo 1.19\n\n" + "\n".join(lines) + "\n"
    return {**files, **stand_ins}


def built() -> bytes:
    """Return the build cache, as an archive; b"" if the harness cannot be built here.

    The standard library is compiled apart from the harness, so that a change of the harness takes a second only.
    """
    imports = "".join(f'\t_ "{name}"\n' for name in _USUAL)
    library = {**overlay(), "m/go.mod": "module box\n\ngo 1.19\n", "m/main.go": _program("main", imports)}
    patched = kept("go-library", [str(root()), *library, *library.values()], lambda: _cache(library))
    if not patched:
        return b""
    files = {**overlay(), **modules(), "m/subject/subject.go": _program("subject", "")}
    return kept("go", [str(root()), *library.values(), *files, *files.values()], lambda: _cache(files, patched))


def _program(package: str, imports: str) -> str:
    return f"package {package}\n\nimport (\n{imports})\n\nfunc main() {{}}\n"


def _cache(files: Mapping[str, str], given: bytes = b"") -> bytes:
    steps = "tar -xf cache.tar && rm cache.tar && " if given else ""
    outcome = sandbox.run(
        ["sh", "-c", f"{steps}cd m && {BUILD} && cd .. && tar -cf cache.tar cache"],
        files={**files, **({"cache.tar": given} if given else {})},
        env=ENV,
        keep=["cache.tar"],
        limits=sandbox.Limits(seconds=400, memory_mb=3000, processes=300, disk_mb=600),
    )
    return outcome.files.get("cache.tar", b"")


_USUAL = (  # what sources import: compiled with the harness
    "archive/tar archive/zip bufio bytes compress/gzip context crypto/aes crypto/cipher crypto/des crypto/hmac "
    "crypto/md5 crypto/rand crypto/rc4 crypto/rsa crypto/sha1 crypto/sha256 crypto/sha512 crypto/subtle "
    "crypto/tls crypto/x509 database/sql embed encoding/base64 encoding/binary encoding/csv encoding/gob "
    "encoding/hex encoding/json encoding/pem encoding/xml errors expvar flag fmt hash html html/template io io/fs "
    "io/ioutil log math math/big math/rand mime mime/multipart net net/http net/http/httptest net/http/httputil "
    "net/mail net/netip net/smtp net/textproto net/url os os/exec os/signal os/user path path/filepath reflect "
    "regexp sort strconv strings sync sync/atomic syscall text/template time unicode unicode/utf8 "
).split()
