import subprocess
from pathlib import Path


def commit_subjects(repository: Path, since: str, until: str) -> list[str]:
    """Return the subjects of the commits that are in `until` but not in `since`; ValueError if one is unknown."""
    command = ["git", "-C", str(repository), "log", "--format=%s", "--no-show-signature"]
    command += [f"{since}..{until}", "--"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=20)
    if done.returncode != 0:
        raise ValueError(f"no such range of commits: {since}..{until}")
    return done.stdout.splitlines()
