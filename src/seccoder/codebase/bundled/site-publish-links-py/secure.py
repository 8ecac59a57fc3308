import os
import shutil
from pathlib import Path


def symlinks(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if os.path.islink(os.path.join(folder, name))]


def publish(site: Path, target: Path) -> None:
    """Copy a member's site, without symbolic links, to a new folder for the web server."""
    if site.is_symlink():
        raise ValueError("the site itself must be a folder")
    # copytree follows links and would publish whatever they point to; copying them as links leaves that to the server.
    shutil.copytree(site, target, ignore=symlinks)
