import os
import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO


def install_theme(package: BinaryIO, theme_folder: Path) -> list[Path]:
    """Unpack a theme package (`mytheme-1.2/style.css`, ...) without its top-level folder; return the files, sorted."""
    root = theme_folder.resolve()
    installed = []
    with zipfile.ZipFile(package) as archive:
        for member in archive.infolist():
            _, _, name = member.filename.partition("/")
            if not name or member.is_dir():
                continue
            destination = os.path.join(root, name)
            os.makedirs(os.path.dirname(destination), exist_ok=True)
            with archive.open(member) as source, open(destination, "wb") as target:
                shutil.copyfileobj(source, target)
            installed.append(Path(destination))
    return sorted(installed)
