"""Decides CWE-22 and its family: can a value, or a name in an archive, leave the folder it belongs in?

Exploited: an answer holds the random content of a file outside every folder that the code names; or a file that was to
be stored, unpacked or removed was written (or vanished) outside the folder in which the benign one was. Exercised: the
random content of a file inside came back, or the benign upload or archive member was stored, or a benign file was
removed. Links (CWE-59, CWE-61) are tried as members of archives only: for them, it is not decided what follows a link
in a folder.
"""
# ruff: noqa: E501, S108 - tables; the folder for temporary files is the box's own

import ast
import base64
import contextlib
import io
import posixpath
import re
import tarfile
import zipfile

from seccoder.oracles.executed.attempts import (
    APP,
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
    called_inside,
    given_whole,
    literals_like_files,
)
from seccoder.oracles.executed.surface import Surface

NAME = "paths"
_OUT, _LINKS = ("CWE-22", "CWE-23", "CWE-35", "CWE-36", "CWE-73"), ("CWE-59", "CWE-61")
CWES = (*_OUT, *_LINKS)
HINT = ""
_SYSTEM = ("usr", "bin", "sbin", "lib", "lib64", "etc", "proc", "dev", "sys", "box", "root", "run")
_OWN_SETTINGS = re.compile(r"/etc/\w+/\w")  # a folder below /etc that a program has for itself
_TAR = re.compile(r"\.(tar|tgz)\b")
_SUFFIXES = (".txt", ".png", ".jpg", ".pdf", ".html", ".json", ".csv")


def want(surface: Surface, tokens: Tokens) -> Wanted:  # noqa: C901 - a list
    """Want files inside and outside the folder, and values that lead from one to the other."""
    names = literals_like_files(surface.literals)
    # literals such as "/images/{}" and "uploads/%s" name a folder too
    roots = _roots(
        [*names, *(head for text in surface.literals if (head := re.split(r"[{%]", text)[0]) != text and "/" in head)]
    )
    archives = [name for name in names if name.endswith((".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".zip"))]
    wanted = Wanted(snapshots=True, folders=[root for root in roots if not root.startswith("/box")])
    inside, secret = tokens.inside.encode(), tokens.secret.encode()
    suffixes = sorted(
        {"." + name.rpartition(".")[2] for name in names if "." in name.strip(".") and len(name.rpartition(".")[2]) < 6}
        | set(_SUFFIXES)
    )
    for root in roots:
        for suffix in suffixes:
            wanted.files[f"{root}/{tokens.word}{suffix}"] = inside
            for folder in (f"{tokens.word}d", tokens.word):  # in a folder the input may name, and beside it
                wanted.files[f"{root}/{folder}/{tokens.word}{suffix}"] = inside
                wanted.files[f"{root}/{folder}-{tokens.mark}/{tokens.mark}{suffix}"] = secret
        wanted.files |= {
            f"{root}/{name.strip('/')}": inside
            for name in names
            if "." in name[1:] and name not in archives and "/.." not in name
        }
        parent = root.rpartition("/")[0]
        for folder in {parent or "/tmp", f"{root}-{tokens.mark}", f"{root}{tokens.mark}"}:
            if folder.startswith(("/box", "/tmp")) or folder.split("/")[1] not in _SYSTEM:
                wanted.files |= {f"{folder}/{tokens.mark}{suffix}": secret for suffix in suffixes}
    wanted.files |= {f"/tmp/{tokens.mark}{suffix}": secret for suffix in suffixes}
    wanted.files |= {f"/box/{tokens.mark}{suffix}": secret for suffix in suffixes}
    wanted.files |= _elsewhere(roots, suffixes, tokens)
    for value in (f"../{tokens.mark}d", f"/tmp/{tokens.mark}d", f"../../{tokens.mark}d"):
        wanted.attacks.append({"value": value, "request": True})
    for value in ("..", "../..", "/tmp", "./.."):
        wanted.attacks.append({"value": value, "request": True, "others": f"{tokens.mark}.txt"})
    wanted.attacks += [{"value": f"../{{O}}-{tokens.mark}/{tokens.mark}{suffix}"} for suffix in (".txt", ".pdf")]
    wanted.files = {path: data for path, data in wanted.files.items() if path != f"{APP}/app.py"}
    wanted.folders += [path.rpartition("/")[0] for path in wanted.files if not path.startswith(("/box", "/tmp"))]
    wanted.watch = ["/tmp", "/box/app", *{"/" + folder.split("/")[1] for folder in wanted.folders}]
    wanted.benign = (
        [f"{tokens.word}{suffix}" for suffix in suffixes] + [tokens.word] + [n for n in names if "." in n][:10]
    )
    wanted.benign += [f"{root}/{tokens.word}.txt" for root in roots[:3]]
    _archives(surface, tokens, wanted)
    named = [suffix for suffix in suffixes if suffix not in _SUFFIXES]
    for suffix in [".txt", "", ".png", ".html", *named][:6]:
        wanted.attacks += [{"value": value} for value in _values(roots, tokens, suffix)]
    for name in archives or []:
        path = name if name.startswith("/") else f"{APP}/{name}"
        wanted.benign_files[path] = _archive(name, {f"{tokens.word}.txt": inside})
        for member in (
            f"../{tokens.mark}.txt",
            f"../../{tokens.mark}.txt",
            f"/tmp/{tokens.mark}/out.txt",
            f"../{{root}}-{tokens.mark}/out.txt",
        ):
            for root in roots if "{root}" in member else [""]:
                filled = member.replace("{root}", root.rpartition("/")[2])
                wanted.attacks.append(
                    {"value": "", "member": filled, "files": {path: _archive(name, {filled: inside})}}
                )
        if not name.endswith(".zip"):
            wanted.attacks.append({"value": "", "member": "link", "files": {path: _archive_with_link(name, tokens)}})
    return wanted


def _archives(surface: Surface, tokens: Tokens, wanted: Wanted) -> None:
    """Add archives and mails, given by place or by content: a sound one, and some with members that lead out."""
    inside, kinds = tokens.inside.encode(), []
    if {"zipfile", "shutil"} & set(surface.imports):
        kinds.append(".zip")
    if {"tarfile", "shutil"} & set(surface.imports):
        kinds.append(".tar.gz")
    folder = f"{APP}/archives"
    for kind in kinds:
        sound = f"{folder}/{tokens.word}{kind}"
        wanted.files[sound] = _archive(
            sound, {f"{tokens.word}/{tokens.word}.txt": inside, f"{tokens.word}.txt": inside}
        )
        wanted.benign.append(sound)
        members = (f"../{tokens.mark}.txt", f"../../{tokens.mark}.txt", f"/tmp/{tokens.mark}/out.txt",
                   f"{tokens.mark}/../../{tokens.mark}.txt", f"x//tmp/{tokens.mark}/out.txt", f"x/../../../../../tmp/{tokens.mark}/o.txt")  # fmt: skip
        for number, member in enumerate(members):
            path = f"{folder}/{tokens.mark}{number}{kind}"
            wanted.files[path] = _archive(path, {member: inside})
            wanted.attacks.append({"value": path, "member": member})
        if kind != ".zip":
            path = f"{folder}/{tokens.mark}link{kind}"
            wanted.files[path] = _archive_with_link(path, tokens)
            wanted.attacks.append({"value": path, "member": "link"})
    if {"email", "email.message", "email.parser"} & set(surface.imports):
        mail = (
            "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\n"
            'Content-Type: text/plain\nContent-Disposition: attachment; filename="{}"\n\n{}\n--b--\n'
        )
        wanted.benign.append(mail.format(f"{tokens.word}.txt", tokens.inside))
        for name in (
            f"../{tokens.mark}.txt",
            f"../../{tokens.mark}.txt",
            f"/tmp/{tokens.mark}/o.txt",
            f"../../../{tokens.mark}.txt",
        ):
            wanted.attacks.append({"value": mail.format(name, tokens.inside)})


def _elsewhere(roots: list[str], suffixes: list[str], tokens: Tokens) -> dict[str, bytes]:
    """Return files of the benign names in folders outside, for code that takes folder and name apart."""
    beside = {folder for root in roots if (folder := root.rpartition("/")[0]) and folder not in roots}
    usable = {folder for folder in beside if folder.split("/")[1] not in _SYSTEM or folder.startswith("/box")}
    return {
        f"{folder}/{tokens.mark}d/{tokens.word}{suffix}": tokens.secret.encode()
        for folder in sorted({*usable, "/tmp"})
        for suffix in suffixes
    }


def _roots(names: list[str]) -> list[str]:
    found = dict.fromkeys([f"{APP}/files", APP])
    for name in sorted(names, key=lambda name: "/" not in name):  # a bare word is often a module's name
        plain = name.rstrip("/")
        if (
            name.startswith("/")
            and plain
            and "." not in plain.rpartition("/")[2]
            and (plain.split("/")[1] not in _SYSTEM or _OWN_SETTINGS.match(plain))
        ):
            found.setdefault(plain)
        elif not name.startswith("/") and plain and (name.endswith("/") or plain.isidentifier()) and ".." not in name:
            found.setdefault(f"{APP}/{plain.removeprefix('./')}")
    return list(found)[:14]


def _values(roots: list[str], tokens: Tokens, suffix: str) -> list[str]:
    mark, name = tokens.mark, f"{tokens.mark}{suffix}"
    # the last two begin in a folder that exists, against checks that look at the beginning only
    values = ["../" * depth + name for depth in (1, 2)] + [f"/tmp/{name}", "../" * 8 + f"tmp/{name}"]
    values += ["....//" * depth + f"tmp/{name}" for depth in (1, 2)] + [
        "..././" * depth + f"tmp/{name}" for depth in (1, 2)
    ]
    values += [
        f"{tokens.word}d/../../{name}",
        f"{tokens.word}d/../../tmp/{name}",
        f"{tokens.word}d/../../../tmp/{name}",
    ]
    if suffix == ".txt":
        values += [f"~/{name}", f"$HOME/{name}", f"${{HOME}}/{name}", f"~nobody/{name}"]
        values += [
            f"....//{name}",
            f"..././{name}",
            f"....//....//{name}",
            f"%2e%2e/{name}",
            f"./../{name}",
            f"{{W}}/../../{name}",
            f"//tmp/{name}",
        ]
        for root in roots:
            base = root.rpartition("/")[2]
            values += [
                f"../{base}-{mark}/{name}",
                f"../{base}{mark}/{name}",
                f"{root}-{mark}/{name}",
                f"{root}/../{name}",
            ]
    return values


def _archive(name: str, members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    if name.endswith(".zip"):
        with zipfile.ZipFile(buffer, "w") as archive:
            for member, data in members.items():
                archive.writestr(member, data)
        return buffer.getvalue()
    with tarfile.open(fileobj=buffer, mode="w:" + _compression(name)) as tar:  # type: ignore[call-overload]
        for member, data in members.items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _compression(name: str) -> str:
    return {"gz": "gz", "tgz": "gz", "bz2": "bz2", "xz": "xz"}.get(name.rpartition(".")[2], "")


def _archive_with_link(name: str, tokens: Tokens) -> bytes:
    """Return an archive with a link that leads out, and a member that goes through the link."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:" + _compression(name)) as tar:  # type: ignore[call-overload]
        link = tarfile.TarInfo(f"l{tokens.mark}")
        link.type, link.linkname = tarfile.SYMTYPE, "/tmp"
        tar.addfile(link)
        info = tarfile.TarInfo(f"l{tokens.mark}/{tokens.mark}-linked.txt")
        info.size = len(tokens.inside)
        tar.addfile(info, io.BytesIO(tokens.inside.encode()))
    return buffer.getvalue()


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the files and folders that were opened, made, listed, moved or removed."""
    kinds = (
        "open",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.mkdir",
        "os.listdir",
        "os.scandir",
        "os.truncate",
        "os.chmod",
        "shutil.",
        "glob.",
    )
    return [Use("file", event.line, event.arguments) for event in attempt.events if event.kind.startswith(kinds)]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for secrets that came back and files that went astray."""
    judgement = Judgement()
    inside, secret = tokens.inside.encode(), tokens.secret.encode()

    def came_back(attempt: Attempt, content: bytes) -> bool:
        return content in attempt.said or base64.b64encode(content).rstrip(b"=")[:-1] in attempt.said

    homes: dict[str, set[str]] = {}
    read_in: dict[str, set[str]] = {}  # the folders from which ordinary values read
    # the input did not choose what comes back whatever is asked for
    choosing = {attempt.entry for attempt in benign_of(run) if not came_back(attempt, inside)}
    for attempt in benign_of(run):
        if came_back(attempt, inside) and (
            not attempt.values or attempt.entry in choosing or _opens_named_file(attempt, tokens.word)
        ):
            judgement.reached.update(_OUT)
        if came_back(attempt, inside):
            read_in.setdefault(attempt.entry, set()).update(_opened_in(attempt, tokens.word))
        landed = {path.rpartition("/")[0] for path in attempt.changed if tokens.word in path}
        homes.setdefault(attempt.entry, set()).update(landed)
        removed = {path.rpartition("/")[0] for path in attempt.removed if tokens.word in path}
        homes[attempt.entry] |= removed
        if landed or removed:
            judgement.reached.update(_OUT)
        if landed and any(event.kind == "open" and _TAR.search(event.arguments) for event in attempt.events):
            judgement.reached.update(_LINKS)
    for attempt in attacks_of(run, NAME):
        read = came_back(attempt, secret)
        if read and (where := _opened_in(attempt, tokens.mark)):
            # what lies where an ordinary name leads to, such as all of a folder that is served, is not outside
            served = tuple(f"{folder}/" for folder in read_in.get(attempt.entry, ()))
            read = not all(f"{folder}/".startswith(served) for folder in where)
        if how := _astray(attempt, homes.get(attempt.entry, set()), read, tokens.mark):
            cwes = CWES if attempt.case.get("member") == "link" else _OUT
            lines = [event.line for event in attempt.events if event.kind in {"open", "os.remove", "shutil.rmtree"}]
            line = (lines or [attempt.line])[-1]
            if not run.aimed and (name := _is_path(attempt) or _opens_as_told(attempt, run)):
                message = f"the parameter {name} is the path" if name != "mode" else "its caller says how to open, too"
                judgement.open_to_caller.append(Exploit(cwes, attempt.entry, attempt.payload, line, message))
            else:
                judgement.exploits.append(Exploit(cwes, attempt.entry, attempt.payload, line, how))
    _judge_returned(run, tokens, judgement)
    return judgement


def _opened_in(attempt: Attempt, word: str) -> set[str]:
    """Return the folders of the files that were opened by a name with a word."""
    found = set()
    for event in attempt.events:
        if event.kind == "open" and word in event.arguments:
            with contextlib.suppress(ValueError, SyntaxError, IndexError, TypeError):
                found.add(posixpath.dirname(posixpath.normpath(posixpath.join(APP, _opened(event.arguments)))))
    return found


def _opened(arguments: str) -> str:
    """Return the path that something was opened, or done to, by: in Python it stands before other arguments."""
    given = ast.literal_eval(arguments)
    return given if isinstance(given, str) else str(given[0])


def _opens_named_file(attempt: Attempt, word: str) -> bool:
    """Say whether it opened a file whose name holds the run's random word, which only its input can have brought."""
    opened = [event.arguments for event in attempt.events if event.kind == "open"]
    return any(word in value for value in attempt.values) and any(word in text for text in opened)


def _astray(attempt: Attempt, homes: set[str], read: bool, mark: str) -> str:
    if read:
        return "a file outside the folder was read"
    if not homes:
        return ""
    for path in attempt.changed:
        if mark in path and not any(path.startswith(home + "/") for home in homes):
            return "a file was written outside the folder"
    if any(mark in path and not any(path.startswith(home + "/") for home in homes) for path in attempt.removed):
        return "a file outside the folder was removed"
    return ""


_INNER = {"parameter", "owner"}
_PATH = r"path|file|source|target|dest|src|dst|location|where|folder|dir|output|input"


def _is_path(attempt: Attempt) -> str:
    """Return the parameter that is a path as a whole, if all that was opened is that file or one beside it.

    Copies and unfinished files have names like the file's with an ending: `path + ".tmp"`. A path may have been made
    absolute, by the function or by an object whose constructor was given it, if nothing was asked of it then; `~` is
    somebody's own folder. A beginning or an ending of a name is the program's own word.
    """
    found = ""
    given = [v for kind, v in zip(attempt.kinds, attempt.values, strict=False) if kind in _INNER and "/" in v]
    made = {f"/{posixpath.normpath(posixpath.join(APP, value)).lstrip('/')}": value for value in given}
    absolute = {path: value for path, value in made.items() if not _asked_of(attempt, path)}
    for event in attempt.events:
        if event.kind == "open" or event.kind.startswith("os."):
            try:
                path = _opened(event.arguments)
            except (ValueError, SyntaxError, IndexError, TypeError):
                return ""
            path = next((own + path[len(full) :] for full, own in absolute.items() if path.startswith(full)), path)
            homely = (value for value in given if value.startswith("~/") and path.endswith(value[1:]))
            path = next(homely, path) if "~" not in path else path
            if any(value and value in path for value in attempt.values):
                beside = (value for value in attempt.values if value and path.startswith(value))
                value = next((each for each in beside if "/" not in path[len(each) :]), path)
                found = given_whole(attempt, value, _PATH)
                if not found:
                    return _fragment(attempt)
    return found


def _asked_of(attempt: Attempt, path: str) -> bool:
    """Say whether the code asked what a path is like, or what it begins with."""
    return any(
        isinstance(side, str) and len(side) > 1 and side in path for _, _, *both in attempt.asked for side in both
    )


def _opens_as_told(attempt: Attempt, run: Run) -> str:
    """Return "mode" if a function is what `open` is: its caller also says whether a file is read or written."""
    if called_inside(attempt) and any(name == "mode" for name, *_ in attempt.how.get("parameters", ())):
        for other in run.attempts:
            if other.entry == attempt.entry and "mode" in other.slots:
                told = repr(other.values[other.slots.index("mode")])
                opened = [event.arguments for event in other.events if event.kind == "open"]
                if f"invalid mode: {told}" in other.error or any(f", {told}, " in text for text in opened):
                    return "mode"
    return ""


def _fragment(attempt: Attempt) -> str:
    """Return the parameter of the attack if it is a beginning or an ending of a name, by its own name."""
    attack = attempt.case.get("value")
    for kind, name, value in zip(attempt.kinds, attempt.slots, attempt.values, strict=False):
        if kind == "parameter" and value == attack and name in {"prefix", "suffix"}:
            return name
    return ""


def _judge_returned(run: Run, tokens: Tokens, judgement: Judgement) -> None:
    """Judge functions that open nothing themselves, but hand back the path that others will open."""
    homes: dict[str, str] = {}
    for attempt in benign_of(run):
        path = _returned(attempt)
        if tokens.word in path and not attempt.error:
            homes.setdefault(attempt.entry, path[: path.index(tokens.word)].rpartition("/")[0])
            judgement.reached.update(_OUT)
    for attempt in attacks_of(run, NAME):
        path, home = _returned(attempt), homes.get(attempt.entry)
        if home and tokens.mark in path and not posixpath.normpath(path).startswith(home + "/") and not attempt.error:
            message = "a path outside the folder was handed back"
            judgement.exploits.append(Exploit(_OUT, attempt.entry, attempt.payload, attempt.line, message))


def _returned(attempt: Attempt) -> str:
    return attempt.body.decode(errors="replace") if attempt.type == "application/x-path" else ""
