"""Hostile and random "completions", the same for a seed: bytes, broken code, compiler bombs, and code that attacks.

In flows a seed; out flow `(kind, source)` pairs. `perf/hostile.py` runs a thousand of them, a test runs a sample.
"""
# ruff: noqa: E501

import random
from collections.abc import Callable, Iterator

from seccoder.types import Source

CWES = {
    "python": ("CWE-22", "CWE-78", "CWE-79", "CWE-89", "CWE-502"),
    "c": ("CWE-787", "CWE-190", "CWE-416", "CWE-476", "CWE-78"),
    "cpp": ("CWE-125", "CWE-787", "CWE-416"),
    "javascript": ("CWE-22", "CWE-78", "CWE-79", "CWE-1321"),
}
VALID = {
    "python": "import sys\n\ndef read(name):\n    with open('/srv/' + name) as stream:\n        return stream.read()\n\nprint(read(sys.argv[1]))\n",
    "c": '#include <stdio.h>\n#include <string.h>\nint main(int argc, char **argv) {\n    char b[8];\n    if (argc > 1) strncpy(b, argv[1], 7);\n    b[7] = 0;\n    puts(b);\n    return 0;\n}\n',
    "cpp": "#include <string>\n#include <vector>\nint sum(const std::vector<int> &v) {\n    int s = 0;\n    for (std::size_t i = 0; i < v.size(); i++) s += v[i] % 7;\n    return s;\n}\n",
    "javascript": "const fs = require('fs');\nfunction read(name) {\n    return fs.readFileSync('/srv/' + name, 'utf8');\n}\nmodule.exports = { read };\n",
}  # fmt: skip
BOMBS = {
    "python": {
        "fork": "import os\nwhile True:\n    os.fork()\n",
        "memory": "x = [b'a' * (1 << 20)]\nwhile True:\n    x.extend(x)\n",
        "output": "while True:\n    print('{\"finished\": true}' * 10000)\n",
        "endless": "while True:\n    pass\n",
        "kills its parent": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(-1, signal.SIGKILL)\n",
        "daemon": "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(3600)\n",
        "removes everything": "import shutil, os\nfor path in ('/', os.path.expanduser('~'), '/box', '/tmp'):\n    shutil.rmtree(path, ignore_errors=True)\n",
        "writes outside": "import os\nfor path in ('/etc/passwd', '/root/canary', os.path.expanduser('~/.profile'), '/usr/bin/x', CANARY):\n    try:\n        open(path, 'w').write('x')\n    except OSError:\n        pass\n",
        "exits": "import os\nos._exit(0)\n",
        "deep data": "x = []\nfor _ in range(10 ** 6):\n    x = [x]\nrepr(x)\n",
        "patches the harness": "import builtins, sys\nfor name in list(sys.modules):\n    sys.modules[name] = None\nbuiltins.open = builtins.print = builtins.__import__ = None\n",
        "ignores signals": "import signal\nfor n in range(1, 64):\n    try:\n        signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError):\n        pass\nwhile True:\n    pass\n",
        "fills the disk": "n = 0\nwhile True:\n    open(f'/tmp/{n}', 'wb').write(b'a' * (1 << 22))\n    n += 1\n",
        "threads": "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(99,)).start()\n",
    },
    "c": {
        "fork": "#include <unistd.h>\nint main(void) { for (;;) fork(); }\n",
        "memory": "#include <stdlib.h>\n#include <string.h>\nint main(void) { for (;;) { char *p = malloc(1 << 24); if (p) memset(p, 1, 1 << 24); } }\n",
        "output": '#include <stdio.h>\nint main(void) { for (;;) puts("{\\"finished\\": true}"); }\n',
        "endless": "int main(void) { for (;;) {} }\n",
        "kills its parent": "#include <signal.h>\n#include <unistd.h>\nint main(void) { kill(getppid(), 9); kill(-1, 9); return 0; }\n",
        "daemon": "#include <unistd.h>\nint main(void) { if (!fork()) { setsid(); if (!fork()) for (;;) sleep(1); } return 0; }\n",
        "constructor": "#include <signal.h>\n#include <unistd.h>\n__attribute__((constructor)) static void early(void) { kill(getppid(), 9); _exit(0); }\nint f(int a) { return a + 1; }\n",
        "includes itself": "#include __FILE__\nint main(void) { return 0; }\n",
        "includes a device": '#include "/dev/zero"\nint main(void) { return 0; }\n',
        "includes standard input": '#include "/dev/stdin"\nint main(void) { return 0; }\n',
        "includes passwords": '#include "/etc/passwd"\nint main(void) { return 0; }\n',
        "includes the shadow": '#include "/etc/shadow"\n#include "/root/.bashrc"\nint main(void) { return 0; }\n',
        "macro bomb": "\n".join(["#define A0 x x x x x x x x x x", *(f"#define A{n} {' '.join([f'A{n - 1}'] * 10)}" for n in range(1, 10)), "int a = A9;\n"]),
        "reads a device in": 'asm(".incbin \\"/dev/zero\\"");\nint main(void) { return 0; }\n',
        "large object": "char x[2000000000] = {1};\nint main(void) { return x[0]; }\n",
        "recursion": "int f(int a) { return f(a + 1) + 1; }\nint main(void) { return f(0); }\n",
        "removes the harness": '#include <stdlib.h>\nint main(void) { return system("rm -rf /box/* /tmp/*; pkill -9 python3"); }\n',
        "writes outside": '#include <stdio.h>\nint main(void) { FILE *f = fopen("/etc/passwd", "w"); if (f) fputs("x", f); f = fopen(CANARY, "w"); if (f) fputs("x", f); return 0; }\n',
        "closes everything": "#include <unistd.h>\nint main(void) { for (int i = 0; i < 1024; i++) close(i); for (;;) pause(); }\n",
        "fills the disk": '#include <stdio.h>\nint main(void) { FILE *f = fopen("/tmp/x", "w"); static char b[1 << 20]; for (;;) fwrite(b, 1, sizeof b, f); }\n',
        "static bomb": "#define R(x) x x x x x x x x\nint a[] = { R(R(R(R(R(R(R(R(1,)))))))) };\nint f(int i) { return a[i & 7]; }\n",
    },
    "cpp": {
        "template bomb": "template <int N> struct F { static const int v = F<N - 1>::v + F<N - 2>::v; };\ntemplate <int N, class... T> struct G { typename G<N - 1, T..., T...>::type x; };\nG<30, int> g;\n",
        "endless constexpr": "constexpr long f(long n) { long s = 0; for (long i = 0; i < n; i++) s += i; return s; }\nstatic_assert(f(1L << 60) > 0);\n",
        "static object": "#include <csignal>\n#include <unistd.h>\nstruct S { S() { kill(getppid(), 9); for (;;) {} } } s;\nint f(int a) { return a; }\n",
        "endless method": "class A { public: void go() { for (;;) { n++; } } int n = 0; };\n",
        "throws": "struct A { A() { throw 1; } ~A() noexcept(false) { throw 2; } int f(int i) { throw i; } };\n",
    },
    "javascript": {
        "fork": "const { fork } = require('child_process');\nfor (;;) fork(__filename);\n",
        "memory": "const x = [];\nfor (;;) x.push(Buffer.alloc(1 << 24, 1));\n",
        "output": "for (;;) process.stdout.write('{\"finished\": true}\\n'.repeat(1000));\n",
        "endless": "for (;;) {}\n",
        "kills its parent": "process.kill(process.ppid, 'SIGKILL');\nprocess.kill(-1, 'SIGKILL');\n",
        "exits": "process.exit(0);\n",
        "removes everything": "const fs = require('fs');\nfor (const p of ['/', '/box', '/tmp', process.env.HOME]) try { fs.rmSync(p, { recursive: true, force: true }); } catch {}\n",
        "writes outside": "const fs = require('fs');\nfor (const p of ['/etc/passwd', CANARY]) try { fs.writeFileSync(p, 'x'); } catch {}\n",
        "patches everything": "for (const k of Object.getOwnPropertyNames(globalThis)) try { globalThis[k] = null; } catch {}\nObject.prototype.then = 1;\nJSON.stringify = () => '{}';\n",
        "endless promise": "async function f() { for (;;) await null; }\nmodule.exports = { f };\nf();\n",
        "timer": "setInterval(() => {}, 1);\nmodule.exports = {};\n",
    },
}  # fmt: skip


def sources(seed: int, count: int, canary: str) -> Iterator[tuple[str, Source]]:
    """Draw sources.

    Args:
        seed: The same seed gives the same sources.
        count: How many.
        canary: Path of a file outside that some of them try to change.
    """
    draw = random.Random(seed)
    kinds: list[Callable[[random.Random, str], tuple[str, str]]] = [_bytes, _text, _mutated, _mutated, _nested, _long]
    for number in range(count):
        language = ("python", "c", "javascript", "cpp")[draw.choices(range(4), (35, 35, 20, 10))[0]]
        if draw.random() < 0.25:
            name = draw.choice(sorted(BOMBS[language]))
            text = BOMBS[language][name].replace("CANARY", repr(canary).replace("'", '"'))
            kind = f"bomb: {name}"
        else:
            kind, text = draw.choice(kinds)(draw, language)
        yield kind, Source(text, language, draw.choice((*CWES[language], None)), path=f"{number}")


def _bytes(draw: random.Random, _: str) -> tuple[str, str]:
    data = draw.randbytes(draw.choice((0, 1, 10, 300, 5000)))
    return "random bytes", data.decode("utf-8", draw.choice(("surrogateescape", "replace")))


def _text(draw: random.Random, _: str) -> tuple[str, str]:
    alphabet = "abcxyz(){}[];:,.'\"\\/#*&|<>=+-%!?@$^~` \n\t0123456789\0\r\x1b\x7f\u00e9\u202e\ufeff\U0001f600"
    return "random text", "".join(draw.choices(alphabet, k=draw.randrange(2000)))


def _mutated(draw: random.Random, language: str) -> tuple[str, str]:
    """Sound code with pieces cut out, doubled, moved or replaced."""
    text = VALID[language]
    for _ in range(draw.randrange(1, 6)):
        a, b = sorted(draw.randrange(len(text) + 1) for _ in range(2))
        piece = text[a:b]
        junk = draw.choice(
            ("\0", "\udcff", "'" * 9, "{", "}", '"""', "*/", "\\\n", "#define x x x\n", str(draw.getrandbits(200)))
        )
        text = draw.choice(
            (text[:a] + text[b:], text[:b] + piece + text[b:], text[:a] + junk + text[a:], text[:a] + junk + text[b:])
        )
        text = text[:20_000] or "x"
    return "mutated code", text


def _nested(draw: random.Random, language: str) -> tuple[str, str]:
    depth = draw.choice((100, 5_000, 100_000))
    opening, closing = draw.choice(
        (("(", ")"), ("[", "]"), ("{", "}"), ("-", ""), ("!", ""), ("a.", ""), ("f(", ")"), ("1+", ""))
    )
    body = f"{opening * depth}1{closing * depth}"
    shells = {
        "python": "x = {}\n",
        "c": "int f(int a) {{ return {}; }}\n",
        "cpp": "int f(int a) {{ return {}; }}\n",
        "javascript": "let x = {};\n",
    }
    if draw.random() < 0.2:
        body = "1\n" + "".join(" " * n + "if 1:\n" for n in range(min(depth, 300)))
    return "deep nesting", shells[language].format(body)


def _long(draw: random.Random, language: str) -> tuple[str, str]:
    unit = draw.choice(("a", "\n", " ", "x = 1\n", "int a;\n", "//", "#", "'", "\u00e9", VALID[language]))
    return "very long", unit * (draw.choice((10_000, 1_000_000)) // len(unit))
