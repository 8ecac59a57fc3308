#!/usr/bin/env python3
"""A stand-in for the CodeQL command line, for tests: takes the same arguments and writes what the manual describes.

It "finds" what a line comment `FOUND rule cwe` announces. The environment variable FAKE_CODEQL chooses how it fails:
create, no-database, no-archive, partial, unlisted, extraction-error, analyze, no-report, not-sarif, no-runs, strange,
failed-run, slow; whatever it is called with is appended to the file named by FAKE_CODEQL_LOG.
"""

import json
import os
import re
import sys
import time
import zipfile
from pathlib import Path

HOW = os.environ.get("FAKE_CODEQL", "")


def main(arguments):
    if log := os.environ.get("FAKE_CODEQL_LOG"):
        with open(log, "a") as stream:
            stream.write(json.dumps(arguments) + "\n")
    options = dict(
        argument[2:].split("=", 1) for argument in arguments if argument.startswith("--") and "=" in argument
    )
    plain = [argument for argument in arguments if not argument.startswith("--")]
    if plain == ["version"]:
        print("2.25.1")
    elif plain[:2] == ["database", "create"]:
        create(Path(plain[2]), Path(options["source-root"]))
    elif plain[:2] == ["database", "analyze"]:
        analyze(Path(plain[2]), Path(options["output"]), plain[3:])
    else:
        sys.exit(f"unknown command {plain}")


def create(database, root):
    if HOW == "slow":
        time.sleep(30)
    if HOW == "create":
        sys.exit("A fatal error occurred: could not process any of it")
    if HOW == "no-database":
        return
    database.mkdir()
    if HOW == "no-archive":
        return
    files = sorted(root.iterdir())
    with zipfile.ZipFile(database / "src.zip", "w") as archive:
        for file in files[1:] if HOW == "partial" else files:
            archive.write(file)


def note(kind, level, file, text=""):
    place = {"physicalLocation": {"artifactLocation": {"uri": file, "uriBaseId": "%SRCROOT%", "index": 0}}}
    descriptor = {"id": f"py/diagnostics/{kind}", "index": 0}
    return {"locations": [place], "message": {"text": text}, "level": level, "descriptor": descriptor}


def analyze(database, output, queries):
    if HOW == "analyze":
        print("A fatal error occurred: Query pack cannot be found.", file=sys.stderr)
        sys.exit(2)
    if HOW == "no-report":
        return
    if HOW in {"not-sarif", "no-runs", "strange"}:
        wrong = {"not-sarif": "<html>", "no-runs": '{"version": "2.1.0", "runs": []}'}
        strange = '{"version": "2.1.0", "runs": [{"invocations": [{"toolExecutionNotifications": [5]}]}]}'
        output.write_text(wrong.get(HOW, strange))
        return
    rules, results, notes = {}, [], []
    with zipfile.ZipFile(database / "src.zip") as archive:
        for path in archive.namelist():
            file = path.rsplit("/", 1)[-1]
            if HOW == "extraction-error" and not notes:
                notes.append(note("extraction-errors", "error", file, "parse error\nat line 1"))
            elif HOW != "unlisted":
                notes.append(note("successfully-extracted-files", "none", file))
            for number, line in enumerate(archive.read(path).decode(errors="replace").splitlines(), start=1):
                if (found := re.search(r"FOUND (\S+) (\d+)", line)) and any(
                    query.endswith("security-extended.qls") or found[1] in query for query in queries
                ):
                    tags = ["security", f"external/cwe/cwe-{int(found[2]):03}"]
                    rules.setdefault(found[1], {"id": found[1], "name": found[1], "properties": {"tags": tags}})
                    region = {"startLine": number, "startColumn": 5, "endColumn": 9}
                    where = {"artifactLocation": {"uri": file, "uriBaseId": "%SRCROOT%", "index": 0}, "region": region}
                    results.append(
                        {
                            "ruleId": found[1],
                            "rule": {
                                "id": found[1],
                                "index": list(rules).index(found[1]),
                                "toolComponent": {"index": 0},
                            },
                            "message": {"text": "This depends on a [user-provided value](1)."},
                            "locations": [{"physicalLocation": where}],
                            "partialFingerprints": {"primaryLocationLineHash": "1f:1"},
                        }
                    )
    driver = {"name": "CodeQL", "organization": "GitHub", "semanticVersion": "2.25.1", "notifications": [], "rules": []}
    pack = {"name": "codeql/python-queries", "semanticVersion": "1.7.0", "rules": list(rules.values())}
    invocation = {"toolExecutionNotifications": notes, "executionSuccessful": HOW != "failed-run"}
    run = {"tool": {"driver": driver, "extensions": [pack]}, "invocations": [invocation], "results": results}
    output.write_text(json.dumps({"$schema": "https://example.org/sarif", "version": "2.1.0", "runs": [run]}))


main(sys.argv[1:])
