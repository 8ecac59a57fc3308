"""Lists for each family the texts that carry its attack, ordinary texts of the same kind, and the files that are there.

It takes what `discover` found and a family. Attacks come in long and in short forms, because code often limits length,
and in forms that survive a change of case. Folders are those that the source's own texts name, formats included.
"""

import base64
import re
from collections.abc import Iterator

from seccoder.oracles.executed.c.discover import Surface

MARK = "/tmp/seccoder-mark"  # noqa: S108 - in the box: a command that an attack smuggles in makes it
SHORT = "_"  # the same in the program's working folder, for code that limits length or changes case
SECRET = "/box/secret/secret.txt"  # noqa: S105
_COMMANDS = (
    *(
        f"{before}touch {MARK}{after}"
        for before, after in ((";", ""), ("a;", ";"), ("|", ""), ("&&", ""), ("\n", "\n"), ("$(", ")"), ("`", "`"))
    ),
    *(f";>{SHORT}", f"|>{SHORT}", f"a&>{SHORT}", f"$(>{SHORT})", f"`>{SHORT}`", f"';>{SHORT};'", f'";>{SHORT};"'),
    f"'; touch {MARK}; '",
    f'"; touch {MARK}; "',
    f"a' $(touch {MARK}) 'b",
    f'a" $(touch {MARK}) "b',
    f"$(touch\t{MARK})",
    f"a&touch${{IFS}}{MARK}&",
    f"${{IFS}};touch${{IFS}}{MARK};",
)
_AIM = SECRET[1:]
_UP = "../" * 8 + _AIM
_PATHS = (
    SECRET, "../secret/secret.txt", _UP, f"x/../{_UP}", "../../secret/secret.txt", f"{'....//' * 6}{_AIM}",
    f"./{_UP}", "../files-old/secret.txt", "x/../../secret/secret.txt", f"//{_UP}", "../../../secret/secret.txt",
    f"{'..././' * 6}{_AIM}", _UP.replace("/", "//"), "files-old/secret.txt", "..//secret//secret.txt",
    "%2e%2e%2f" * 8 + _AIM.replace("/", "%2f"), f"a.txt/../{_UP}", "..",
)  # fmt: skip
_BARE = tuple(path.removesuffix(".txt") for path in _PATHS[1:4])  # for code that adds an ending
_DEEP = ("(" * 60_000, "[" * 60_000, "{" * 60_000, "-" * 60_000, "!" * 60_000, "<a>" * 20_000)
_HEADERS = (
    "abc\r\nX-7: 1", "abc\nX-7: 1", "\nX-7:1", "http://example.com/\r\nX-7: 1", "/a\r\nX-7: 1", "abc%0d%0aX-7:%201",
    "http://example.com/%0d%0aX-7:1", "\r\nX-7:1",
)  # fmt: skip
_LINES = ("abc\nzq7 came in", "\nzq7", "abc\r\nzq7", "abc%0azq7", "1\nzq7", "abc\n\nzq7")
_QUERIES = (
    "x' or zq7 or 'a'='a", 'x" or zq7 or "a"="a', "1 or zq7", "' or zq7", '" or zq7',
    "x'] | //zq7 | //a['", "x/zq7", "'|zq7|'", "1]|zq7[1",
)  # fmt: skip
_HOSTS = ("127.0.0.83", "169.254.169.254", "10.11.12.13", "2130706515", "0x7f000053", "0177.0.0.83", "intern.example",
          "[::ffff:10.11.12.13]")  # fmt: skip
_INSIDE = "seccoder inside\n"
_HEADERS_OF = (
    ("crypto", "openssl", "evp md2 md4 md5 sha des rc4 rc2 blowfish aes hmac rand err crypto ripemd kdf"),
    ("xpath", "libxml", "parser tree xpath xpathInternals xmlmemory xmlstring xmlversion globals"),
    ("requests", "curl", "curl easy urlapi"),
)
TEXTS = {
    "path",
    "command",
    "header",
    "log",
    "digest",
    "query",
    "request",
}  # the families for which an ordinary text is of a kind of its own
_FOLDER = r"(?!.*\.\.)\.?/?[\w-]+(/[\w.-]+)*/?"


def attacks(family: str, surface: Surface) -> tuple[str, ...]:
    """Return the texts that carry the attack of a family, if texts carry it, the likeliest first."""
    if family == "path":
        named = [folder for folder in folders(surface) if folder.startswith("/")]
        within = [f"{root}/../../../../../../..{SECRET}" for root in named]
        beside = [f"{root}-old/secret.txt" for root in named]
        bare = _BARE if endings(surface) else ()
        return (*_PATHS[:3], *bare, *_PATHS[3:], *within, *beside)
    if family == "request":
        starts = [text for text in surface.strings if re.match(r"https?://[\w.:-]+", text)]
        trusted = [re.sub(r"(https?://[\w.-]+).*", r"\1", text) for text in starts[:4]]
        hosts = [text for text in surface.strings if re.fullmatch(r"[\w-]+(\.[\w-]+)+", text)][:4]
        return (
            *(f"http://{host}/" for host in _HOSTS),
            *_HOSTS,
            *(f"{start}@{_HOSTS[0]}/" for start in trusted),
            *(f"{scheme}://{host}@{_HOSTS[0]}/" for host in hosts for scheme in ("http", "https")),
            *(f"https://{_HOSTS[0]}/?{host}" for host in hosts),
            *(f"https://{_HOSTS[0]}/", f"{_HOSTS[0]}:8080", f"{_HOSTS[0]}/?", f"@{_HOSTS[0]}/", f"{_HOSTS[0]}/#"),
        )
    return {
        "header": _HEADERS,
        "log": _LINES,
        "query": _QUERIES,
        "command": _COMMANDS,
        "format": ("%s%s%s%s%n", "%n", "%1000000d%s%n", "%s" * 60, "%n" * 60),
        "consumption": _DEEP,
        "temporary": ("/tmp",),  # noqa: S108
    }.get(family, ())


def ordinary(family: str, surface: Surface) -> tuple[str, ...]:
    """Return texts that code of a family accepts, if it accepts any."""
    if family == "path":
        return ("a.txt", "test.txt", "a", "files", "2")
    if family == "request":
        own = [text for text in surface.strings if re.match(r"(https?://)?[\w-]+(\.[\w-]+)+", text) and "%" not in text]
        return (
            *(text if "://" in text else f"https://{text}/abc" for text in own[:4]),
            *(f"{text.rstrip('/')}/abc" for text in own[:4] if "://" in text),
            *own[:4],
            *("http://example.com/abc", "https://example.com/abc", "example.com", "192.0.2.9", "abc", "/abc", "80"),
        )
    return ("2", "abc", "abc def", "a" * 24)


def headers() -> dict[str, str]:
    """Return the headers of the libraries that are stood in for, by path."""
    return {
        f"given/{folder}/{name}.h": f'#include "../{to}.h"\n'
        for to, folder, names in _HEADERS_OF
        for name in names.split()
    }


def folders(surface: Surface) -> list[str]:
    """Return the folders that the source's texts name: alone, or before what a format puts in."""
    found: dict[str, None] = {}
    for text in surface.strings:
        head, within = text.partition("%")[0], re.match(r"%s/([\w./-]*\w)/%", text)
        if within:
            head = f"files/{within[1]}"
        elif "%" in text:
            head = head[: max(0, head.rfind("/"))]
        if re.fullmatch(_FOLDER, head) and "." not in head[1:] and len(head) < 60:
            found[head.rstrip("/")] = None
    return list(found)


def endings(surface: Surface) -> list[str]:
    """Return the endings that the source adds to names."""
    found = [re.fullmatch(r"(?:.*%s)?(\.\w{1,5})", text) for text in surface.strings]
    return list(dict.fromkeys(match[1] for match in found if match))[:4]


def common_files(surface: Surface, family: str) -> dict[str, str]:
    """Return the files that are there in each run: those that the program's literals name."""
    if family in {"permissions", "temporary"}:
        return {}  # the files that the program makes show how it makes them
    files = {
        name: encoded("Some text.\n1 2 3\n")
        for name in surface.strings
        if re.fullmatch(r"(?!.*\.\.)(/(tmp|var|srv|opt|home|data|etc/seccoder)/)?[\w./-]*[\w-]+\.\w{1,5}", name)
        and len(name) < 80
    }
    if family == "path":
        names = ["a.txt", *(f"a{ending}" for ending in endings(surface))]
        files["test.txt"] = encoded(_INSIDE)
        for folder in ("", "files/", *(f"{folder}/" for folder in folders(surface)[:8])):
            for name in names:
                files[folder + name] = encoded(_INSIDE)
            files[f"{folder}x/a.txt"] = encoded(_INSIDE)  # a folder within, from which a path may lead out again
    return files


def beside(surface: Surface) -> Iterator[str]:
    """Yield the endings with which the secret file stands there as well."""
    yield from (ending for ending in endings(surface) if ending != ".txt")


def encoded(text: str) -> str:
    """Return a text as it stands in the plan."""
    return base64.b64encode(text.encode("utf-8", "replace")).decode()
