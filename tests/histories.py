"""Makes git histories of any length with `git fast-import`: ordinary commits, and fixes of a known kind among them.

The functions are random programs, so that no two have the same shape; everything follows from the seed.
"""

import random
import subprocess
from pathlib import Path

FIXES = {  # CWE: (message, vulnerable line, fixed line)
    "CWE-89": (
        "Fix SQL injection in {name}",
        "rows = db.execute(\"SELECT * FROM {name} WHERE id = '%s'\" % {a})",
        'rows = db.execute("SELECT * FROM {name} WHERE id = ?", ({a},))',
    ),
    "CWE-78": (
        "Prevent command injection ({name})",
        'os.system("convert " + {a})',
        'subprocess.run(["convert", {a}], check=True)',
    ),
    "CWE-502": (
        "CVE-2024-{number:05}: do not load objects from {name}",
        "rows = yaml.load({a})",
        "rows = yaml.safe_load({a})",
    ),
    "CWE-95": ("Resolve CWE-95 in {name}", "rows = eval({a})", "rows = ast.literal_eval({a})"),
}
ORDINARY = ("Tidy up", "Add a comment to {name}", "Rename things", "Fix typo", "Speed up {name}", "Update numbers")
LICENCE = (
    "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software\n"
    "The above copyright notice and this permission notice shall be included in all copies.\n"
)
WORDS = "order user page file item row cell note mark team plan rate path list node edge tree task slot unit".split()


def write(path: Path, commits: list[tuple[str, dict[str, str | bytes]]]) -> None:
    """Make a repository of commits, each a message and the files that it writes, an hour apart."""
    stream = []
    for number, (message, files) in enumerate(commits):
        texts = {name: data if isinstance(data, bytes) else data.encode() for name, data in files.items()}
        stream.append(_commit(1_700_000_000 + 3600 * number, message, texts))
    _import(path, b"".join(stream))


def _import(path: Path, stream: bytes) -> None:
    subprocess.run(["git", "init", "-q", "-b", "main", str(path)], check=True, timeout=60)
    command = ["git", "-C", str(path), "fast-import", "--quiet", "--date-format=raw"]
    subprocess.run(command, input=stream, check=True, timeout=300)


def _commit(at: int, message: str, files: dict[str, bytes]) -> bytes:
    text = message.encode()
    head = f"commit refs/heads/main\ncommitter A <a@example.org> {at} +0000\ndata {len(text)}\n".encode()
    changes = b"".join(
        b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(data), data) for name, data in files.items()
    )
    return head + text + b"\n" + changes + b"\n"


def body(dice: random.Random, names: list[str]) -> list[str]:
    """Some random statements over some names."""
    lines = []
    for _ in range(dice.randint(6, 11)):
        a, b, n = dice.choice(names), dice.choice(names), dice.randint(2, 99)
        lines += dice.choice(
            [
                [f"{a} = {b} + {n}"],
                [f"{a} = len({b}) * {n} - {a}"],
                [f"if {a} > {n}:", f"    {b} = [{a}, {n}]"],
                [f"for {a} in range({n}):", f"    {b}.append({a} % {n})"],
                [f"while {a} < {n}:", f"    {a} += {b}", f"    log({a})"],
                [f"{a}, {b} = {b}, {a}"],
                [f"{a} = {{'{b}': {b}, 'n': {n}}}"],
                ["try:", f"    {a} = {b}[{n}]", "except IndexError:", f"    {a} = None"],
                [f"{a} = ({b} or {n}) and not {a}"],
                [f"log('{a}', {b}, {n})"],
                [f"{a} = [{b} * {n} for {b} in {a} if {b}]"],
                ["with lock:", f"    {a}.{b} = {n}", f"    del {b}"],
                [f"assert_{a}({b}, {a}={n})"],
                [f"{a} = lambda {b}: {b} - {n}"],
            ]
        )
    return lines


class History:
    """A history to be written.

    Args:
        fixes: How many commits fix something.
        commits: How many there are in all, beside the first.
        seed: Everything follows from it.
    """

    def __init__(self, fixes: int, commits: int, seed: int = 0) -> None:
        self._dice = random.Random(seed)
        self._commits = commits
        self._kinds = [list(FIXES)[n % len(FIXES)] for n in range(fixes)]
        self._functions: list[tuple[str, list[str]]] = []
        for number in range(max(fixes, 40)):
            names = self._dice.sample(WORDS, 4)
            name = f"{self._dice.choice(WORDS)}_{names[0]}_{number}"
            lines = body(self._dice, names)
            if number < fixes:
                lines.insert(0, FIXES[self._kinds[number]][1].format(name=name, a=names[0]))
            self._functions.append((name, [f"def {name}(db, {', '.join(names)}):", *(f"    {line}" for line in lines)]))

    def write(self, path: Path) -> None:
        """Make the repository."""
        _import(path, b"".join(self._stream()))

    def _file(self, number: int) -> bytes:
        inside = [lines for place, (_, lines) in enumerate(self._functions) if place // 8 == number]
        return ("import os\n\n\n" + "\n\n\n".join("\n".join(lines) for lines in inside) + "\n").encode()

    def _stream(self):
        files = range((len(self._functions) + 7) // 8)
        at = 1_700_000_000
        yield _commit(at, "Begin", {"LICENSE": LICENCE.encode(), **{f"src/m{n}.py": self._file(n) for n in files}})
        due = sorted(self._dice.sample(range(self._commits), len(self._kinds)))
        fixed = 0
        for number in range(self._commits):
            at += 3600
            if fixed < len(due) and due[fixed] == number:
                place, message = fixed, self._fix(fixed)
                fixed += 1
            else:
                place = self._dice.randrange(len(self._functions))
                name, lines = self._functions[place]
                if lines[-1].startswith("    log(1"):
                    lines.pop()
                lines.append(f"    log(1{self._dice.randint(0, 10**6)})")
                message = self._dice.choice(ORDINARY).format(name=name)
            yield _commit(at, message, {f"src/m{place // 8}.py": self._file(place // 8)})

    def _fix(self, place: int) -> str:
        name, lines = self._functions[place]
        message, vulnerable, safe = FIXES[self._kinds[place]]
        a = lines[0].partition("(db, ")[2].partition(",")[0]
        old, new = (f"    {line.format(name=name, a=a)}" for line in (vulnerable, safe))
        lines[1] = new if lines[1] == old else lines[1]
        return message.format(name=name, number=place)
