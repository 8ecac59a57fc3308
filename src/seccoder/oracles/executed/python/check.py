"""Checks one Python source by running it: chooses the families, starts the sandbox once, makes one `Check`.

The verdict is formed here, outside the process that runs the code, from the tokens of this run. A source that raises,
exits or returns before it reaches the sensitive operation is inert: `exercised` is False, and nobody calls it secure.
"""

import ast
import time
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from seccoder.oracles.executed import launch
from seccoder.oracles.executed.attempts import Family, Tokens
from seccoder.oracles.executed.campaign import Campaign, explorer
from seccoder.oracles.executed.conclude import Text, conclude, families_for
from seccoder.oracles.executed.entries import python_entries, words
from seccoder.oracles.executed.families import (
    certificates,
    code,
    commands,
    cookies,
    created_files,
    deserialise,
    filters,
    hashing,
    headers,
    logs,
    markup,
    options,
    paths,
    randomness,
    redirects,
    regexes,
    secrets_logged,
    sql,
    ssrf,
    uploads,
    xml_entities,
)
from seccoder.oracles.executed.python import sites
from seccoder.oracles.executed.python.discover import discover
from seccoder.types import Check, Source

FAMILIES: tuple[Family, ...] = (
    *(paths, commands, markup, sql, code, deserialise),
    *(ssrf, redirects, xml_entities, logs, secrets_logged, headers, regexes, created_files, hashing),
    *(randomness, certificates, uploads, options, filters, cookies),
)


def check(source: Source, *, oracle: str, version: str) -> Check:
    """Check one Python source by running it.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    began = time.monotonic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = f"does not parse: {error}".splitlines()[0]
        return Check(oracle, version, "executed", True, valid=False, seconds=time.monotonic() - began, reason=reason)
    families = families_for(source, FAMILIES)
    if not families:
        reason = f"no executed check for {source.cwe} in Python"
        return Check(oracle, version, "executed", False, valid=True, seconds=time.monotonic() - began, reason=reason)
    near = launch.Near(source.place, dict(source.beside))
    campaign, text = examine(source.text, families, aimed=source.cwe is not None, near=near)
    return conclude(source, campaign, text, oracle=oracle, version=version, seconds=time.monotonic() - began)


def examine(
    code: str,
    families: Sequence[Family],
    *,
    aimed: bool = True,
    tokens: Tokens | None = None,
    make: type[Campaign] = Campaign,
    near: launch.Near = launch.Near(),  # noqa: B008
) -> tuple[Campaign, Text]:
    """Conduct the attempts that families want on a source that parses.

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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(code)
    surface, tokens = discover(tree), tokens or Tokens()
    wanted = {family.NAME: family.want(surface, tokens) for family in families}
    text = Text(sites.sites(tree), sites.statements(tree), sites.runnable(tree))

    def begin(offered: Mapping[str, Any]) -> Campaign:
        known, files = words(tokens, surface.literals), "paths" in wanted
        every = python_entries(surface, offered["routes"], offered.get("factories", ()), known, files=files)
        entries = [entry for entry in every if not offered.get("error") or entry.kind == "script"]
        explorers = [
            explorer(entry, wanted, tokens, surface, text.sites, text.statement, files=files) for entry in entries
        ]
        return make(families, wanted, tokens, explorers, files, text.sites, text.statement, code, aimed)

    return launch.run(code, surface, tokens, wanted, begin, near=near), text
