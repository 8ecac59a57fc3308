import tarfile
from pathlib import Path
from typing import BinaryIO


def import_wiki(upload: BinaryIO, folder: Path) -> list[Path]:
    """Unpack an uploaded wiki into a folder, which is created.

    Raises:
        tarfile.TarError: It is not such an archive, or it tries to leave the folder.
    """
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=upload, mode="r:gz") as archive:
        for member in archive.getmembers():
            name = Path(member.name)
            if name.is_absolute() or ".." in name.parts:
                raise tarfile.TarError(f"outside of the wiki: {member.name}")
        archive.extractall(folder, filter="fully_trusted")
    return sorted(path for path in folder.rglob("*") if path.is_file())
