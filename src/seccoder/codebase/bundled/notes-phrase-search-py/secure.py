import subprocess
from pathlib import Path


def search_notes(folder: Path, phrase: str) -> list[str]:
    """Return the lines that contain the phrase, as `file:line:text`, sorted."""
    # No shell reads this list; "-e" and "--" keep a phrase such as "-f/etc/passwd" and a folder from being options.
    command = ["grep", "-r", "-n", "-I", "-F", "-e", phrase, "--", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=20)
    if done.returncode > 1:
        raise RuntimeError(f"grep failed: {done.stderr.strip()}")
    return sorted(done.stdout.splitlines())
