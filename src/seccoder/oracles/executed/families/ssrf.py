"""Decides CWE-918: can a value from outside choose which host a request goes to?

Exploited: a request was made to an internal address (loopback, link-local or private; also one to which a name, a
redirection or an odd spelling leads); or to a host of the attacker's, although the same code refuses hosts that it does
not know; or a local file came back. Exercised: a request was made to a host that may be asked, with the benign value in
its address. Nothing is sent (see `inside/python/network.py`). A name that changes its address between check and use is
not tried.
"""
# ruff: noqa: E501 - tables

import ipaddress
import re
from urllib.parse import urlsplit

from seccoder.oracles.executed.attempts import (
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
)
from seccoder.oracles.executed.surface import Surface

NAME = "ssrf"
CWES = ("CWE-918",)
HINT = r"requests|urllib|httpx|aiohttp|http\.client|urlopen|socket|\bfetch\(|axios|\bhttps?\.(get|request)\("
_ADDRESSES = (
    "http://127.0.0.1/{M}", "http://169.254.169.254/latest/{M}", "http://localhost/{M}", "http://10.0.0.5/{M}",
    "http://[::1]/{M}", "http://[::ffff:127.0.0.1]/{M}", "http://0.0.0.0/{M}", "http://2130706433/{M}", "http://127.1/{M}",
    "http://{M}.internal/", "http://redirect{M}.example.com/", "https://redirect{M}.example.com/", "http://192.168.1.7:8080/{M}",
    "http://metadata.google.internal/{M}", "HTTP://LOCALHOST/{M}", "https://127.0.0.1/{M}", "https://{M}.internal/",
    "https://172.16.0.9/{M}.png", "http://100.64.0.1/{M}",
    "file:///box/{M}.txt", "127.0.0.1", "localhost", "{M}.internal", "@127.0.0.1/{M}", "{W}@127.0.0.1/{M}", ".{M}.example.net",
    "http://{M}.example.net/", "https://{M}.example.net/", "//{M}.example.net/",
)  # fmt: skip
_UNRELATED = ("http://{M}.example.net/", "https://{M}.example.net/", "{M}.example.net")
_BESIDE = (
    "https://{H}.{M}.example.net/", "https://{M}{H}/", "https://{H}@{M}.example.net/", "https://{H}@127.0.0.1/{M}",
    "https://127.0.0.1/{M}#{H}", "https://127.0.0.1/{M}?{H}", "https://{M}.example.net/{H}", "http://127.0.0.1/{H}/{M}",
    "{H}.{M}.example.net", "{M}{H}", "{H}@127.0.0.1", "https://{H}:80@127.0.0.1/{M}", "http://{H}.{M}.example.net/",
    "http://{M}{H}/", "{M}.example.net/x.{H}", "{M}.example.net#x.{H}", "127.0.0.1/x.{H}",
)  # fmt: skip


def hosts(literals: list[str]) -> list[str]:
    """Return the host names among a source's literals, alone, in addresses or in regular expressions."""
    found: dict[str, None] = {}
    patterns = [
        host.replace("\\.", ".") for text in literals for host in re.findall(r"[a-z0-9-]+(?:\\\.[a-z0-9-]+)+", text)
    ]
    for text in [*literals, *patterns]:
        host = _host(text) if "://" in text else text.lstrip(".*")
        if host and "." in host and host.replace(".", "").replace("-", "").isalnum() and not host.endswith(_FILES):
            if host.rpartition(".")[2].isalpha() and host.islower():
                found.setdefault(host)
    return list(found)[:4]


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # the address has brackets, as a pattern for addresses does
        return None


_FILES = (".txt", ".html", ".json", ".py", ".png", ".jpg", ".csv", ".pdf", ".log", ".db", ".xml", ".yaml", ".yml")


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want internal addresses, and hosts that only look like the source's own."""
    known = hosts(surface.literals)
    # where the benign host would pass for one of the source's own, another one shows first whether any host will do
    alike = any(f"{tokens.word}.example.com".endswith(host) for host in known)
    shapes = [*_UNRELATED, *_ADDRESSES] if alike else _ADDRESSES
    attacks = [{"value": shape.replace("{M}", tokens.mark)} for shape in shapes]
    attacks += [{"value": s.replace("{M}", tokens.mark).replace("{H}", host)} for host in known for s in _BESIDE]
    word = f"{tokens.word}.example.com"
    benign = [f"http://{word}/{tokens.word}", f"https://{word}/{tokens.word}.png", word, tokens.word, f"/{tokens.word}"]
    for host in known:
        benign += [f"https://{host}/{tokens.word}", f"https://{tokens.word}.{host}/", host, f"{tokens.word}.{host}"]
        benign.append(f"http://{host}/{tokens.word}")
    benign += [text for text in surface.literals if text.startswith(("http://", "https://"))][:6]
    files = {f"/box/{tokens.mark}.txt": tokens.secret.encode()}
    return Wanted(attacks=attacks, benign=benign, files=files, network=True, facts={"alike": alike})


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the requests that were made."""
    return [Use("request", call.line, call.text("url")) for call in attempt.called("request")]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at where requests went."""
    judgement = Judgement()
    open_to_all: dict[str, bool] = {}
    alike = bool(run.facts.get("alike"))
    for attempt in benign_of(run):
        asked = [call for call in attempt.called("request") if not inside(call.text("address"))]
        mine = [c for c in asked if any(_part(value) in c.text("url") for value in attempt.values if len(value) > 2)]
        if mine:
            judgement.reached.update(CWES)
        if not alike and any(call.text("host").endswith(f"{tokens.word}.example.com") for call in asked):
            open_to_all[attempt.entry] = True
    unrelated = f"{tokens.mark}.example.net"
    for attempt in attacks_of(run, NAME) if alike else ():
        plain = attempt.case["value"] in {shape.replace("{M}", tokens.mark) for shape in _UNRELATED}
        if plain and any(call.text("host") == unrelated for call in attempt.called("request")):
            open_to_all[attempt.entry] = True
    _judge_returned(run, tokens, judgement)
    for attempt in attacks_of(run, NAME):
        if found := _astray(attempt, tokens, open_to_all.get(attempt.entry, False)):
            judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, found[1], found[0]))
    return judgement


def _judge_returned(run: Run, tokens: Tokens, judgement: Judgement) -> None:
    """Judge functions that ask for nothing themselves, but hand back the address that others will ask for."""
    if not run.aimed or any(attempt.called("request") for attempt in run.attempts):
        return
    homes: dict[str, set[str]] = {}
    for attempt in benign_of(run):
        if (host := _returned_host(attempt)) and not inside(host) and tokens.word not in host:
            homes.setdefault(attempt.entry, set()).add(host)
            judgement.reached.update(CWES)
    for attempt in attacks_of(run, NAME):
        host, known = _returned_host(attempt), homes.get(attempt.entry)
        if host and known and host not in known and (tokens.mark in host or inside(host) or host == "localhost"):
            message = f"the address of {host} was handed back"
            judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, attempt.line, message))


def _returned_host(attempt: Attempt) -> str:
    text = attempt.body.decode(errors="replace")
    if attempt.type or attempt.error or len(text) > 500 or not text.startswith(("http://", "https://")):
        return ""
    return _host(text) or ""


def _part(value: str) -> str:
    return value.partition("://")[2] or value


def _astray(attempt: Attempt, tokens: Tokens, open_to_all: bool) -> tuple[str, int | None] | None:
    if tokens.secret.encode() in attempt.said:
        return "a local file came back", attempt.line
    value = str(attempt.case["value"])
    for call in attempt.called("request"):
        if inside(call.text("address")):
            if inside_by_choice(call.text("host"), value, tokens.mark) or call.what.get("redirected"):
                return f"a request went to {call.text('host')}", call.line
        elif tokens.mark in call.text("host") and not open_to_all and not call.text("host").startswith("redirect"):
            return f"a request went to {call.text('host')}", call.line
    return None


def inside_by_choice(host: str, value: str, mark: str) -> bool:
    """Say whether the attack named this host, so that it is not the source's own."""
    return host.strip("[]").lower() in value.lower() or mark in host


def inside(address: str) -> bool:
    """Say whether an address is not one of the public internet."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return not mapped.is_global
