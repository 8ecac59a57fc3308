import shutil
from pathlib import Path


def publish(site: Path, target: Path) -> None:
    """Copy a member's site, without symbolic links, to a new folder for the web server."""
    shutil.copytree(site, target)
