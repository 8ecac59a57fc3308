import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO


def install_theme(package: BinaryIO, theme_folder: Path) -> list[Path]:
    """Unpack a theme package (`mytheme-1.2/style.css`, ...) without its top-level folder; return the files, sorted."""
    root = theme_folder.resolve()
    with zipfile.ZipFile(package) as archive:
        plan: dict[Path, zipfile.ZipInfo] = {}
        for member in archive.infolist():
            _, _, name = member.filename.partition("/")
            if not name or member.is_dir():
                continue
            destination = (root / name).resolve()
            # A member may be called "x/../../app.py" or "x//etc/cron.d/job": refuse it before anything is written.
            if not destination.is_relative_to(root):
                raise ValueError(f"package member outside of the theme: {member.filename!r}")
            plan[destination] = member
        for destination, member in plan.items():
            destination.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, destination.open("wb") as target:
                shutil.copyfileobj(source, target)
    return sorted(plan)
