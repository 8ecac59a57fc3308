"""Checks one JavaScript or TypeScript source by running it on Node, by the same rules as Python.

It takes one source and returns its `Check`. esbuild strips TypeScript's types, if it is installed. Imports and exports
become `require` and plain declarations here, so that Node loads the file as it is. What the file requires is watched or
replaced (see `inside/javascript/modules.js`). Methods that were cut out of a class get one, and names that another file
defines get stand-ins (`inside/javascript/elsewhere.js`), which the check names. The verdict is
formed outside the process that runs the code, from the tokens of this run.
"""

import shutil
import time
from collections.abc import Mapping, Sequence
from typing import Any

from seccoder import sandbox
from seccoder.code.parsing import methods_alone
from seccoder.oracles.executed import launch
from seccoder.oracles.executed.attempts import Family, Tokens
from seccoder.oracles.executed.campaign import Campaign, explorer
from seccoder.oracles.executed.conclude import Text, conclude, families_for
from seccoder.oracles.executed.entries import javascript_entries
from seccoder.oracles.executed.families import (
    code_js,
    commands,
    cookies,
    filters,
    hashing,
    headers,
    keys,
    markup,
    options,
    paths,
    prototypes,
    randomness,
    redirects,
    regexes,
    signatures,
    sql,
    ssrf,
)
from seccoder.oracles.executed.javascript import discover, sites
from seccoder.oracles.executed.javascript.free_names import free_names
from seccoder.oracles.static.compiling import parses
from seccoder.types import Check, Source, Why

FAMILIES: tuple[Family, ...] = (
    *(paths, commands, markup, sql, code_js, redirects, ssrf, headers, prototypes, regexes),
    *(filters, options, cookies, hashing, randomness, keys, signatures),
)


def check(source: Source, *, oracle: str, version: str) -> Check:
    """Check one JavaScript or TypeScript source by running it.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    began = time.monotonic()

    def unknown(reason: str, valid: bool | None = None, why: Why | None = None) -> Check:
        seconds = time.monotonic() - began
        return Check(oracle, version, "executed", valid is False, valid=valid, seconds=seconds, reason=reason, why=why)

    valid, reason = parses(source.text, source.language)
    if valid is False:
        return unknown(reason, valid=False)
    families = families_for(source, FAMILIES)
    if not families:
        return unknown(f"no executed check for {source.cwe} in JavaScript")
    if shutil.which("node") is None:
        return unknown("node is not installed; install it with: apt-get install nodejs", why=Why.MISSING_TOOL)
    text = methods_alone(source.text, source.language) or source.text
    if source.language == "typescript":
        if shutil.which("esbuild") is None:
            reason = "TypeScript's types are stripped by esbuild; install it with: apt-get install esbuild"
            return unknown(reason, why=Why.MISSING_TOOL)
        plain = _stripped(text)
        if plain is None:
            return unknown("esbuild could not strip its types")
        text = plain
    near = launch.Near(source.place, {name: _loadable(name, code) for name, code in source.beside})
    campaign, shown = examine(text, families, aimed=source.cwe is not None, near=near)
    return conclude(source, campaign, shown, oracle=oracle, version=version, seconds=time.monotonic() - began)


def _stripped(text: str) -> str | None:
    """Return a text without TypeScript's types, or None if esbuild does not understand it."""
    for kind in ("ts", "tsx"):  # `<T>value` is a cast in the one and the beginning of an element in the other
        done = sandbox.run(["esbuild", f"--loader={kind}", "--log-level=error"], stdin=text.encode(errors="replace"))
        if done.exit_code == 0:
            return done.stdout.decode(errors="replace")
    return None


def _loadable(name: str, text: str) -> str:
    """Return a module of the source's own package as Node loads it in the box."""
    if name.endswith(".json"):
        return text
    if name.endswith("ts"):
        text = (_stripped(text) if shutil.which("esbuild") else None) or ""
    surface, plain = discover.read(text)
    given = "".join(f"\n;try {{ module.exports.{name} ??= {name}; }} catch {{}}" for name in surface.exported)
    return plain + given


def examine(
    code: str,
    families: Sequence[Family],
    *,
    aimed: bool = True,
    tokens: Tokens | None = None,
    make: type[Campaign] = Campaign,
    near: launch.Near = launch.Near(),  # noqa: B008
) -> tuple[Campaign, Text]:
    """Conduct the attempts that families want on a JavaScript source that parses.

    Args:
        code: The source.
        families: What to try.
        aimed: Whether one weakness was asked for.
        tokens: The words of this run; None draws new ones, as every check must.
        make: The kind of campaign.
        near: What lies beside the source.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    surface, plain = discover.read(code)
    names = free_names(plain)
    tokens = tokens or Tokens()
    wanted = {family.NAME: family.want(surface, tokens) for family in families}
    files = "paths" in wanted

    found, statement = sites.sites(plain)
    text = Text(found, statement, set(statement.values()))

    def begin(offered: Mapping[str, Any]) -> Campaign:
        entries = javascript_entries(offered["routes"])
        explorers = [explorer(entry, wanted, tokens, surface, found, statement, files=files) for entry in entries]
        return make(families, wanted, tokens, explorers, files, found, statement, plain, aimed)

    whole = discover.with_names(plain, names)
    campaign = launch.run(whole, surface, tokens, wanted, begin, language="javascript", near=near)
    campaign.run.supplied = names
    return campaign, text
