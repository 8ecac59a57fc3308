import subprocess
from pathlib import Path


def search_notes(folder: Path, phrase: str) -> list[str]:
    """Return the lines that contain the phrase, as `file:line:text`, sorted."""
    command = f'grep -r -n -I -F "{phrase}" "{folder}"'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, errors="replace", timeout=20)
    if done.returncode > 1:
        raise RuntimeError(f"grep failed: {done.stderr.strip()}")
    return sorted(done.stdout.splitlines())
