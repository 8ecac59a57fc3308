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
        # "data" also refuses what checking the names misses: links that point out of the folder, and devices.
        archive.extractall(folder, filter="data")
    return sorted(path for path in folder.rglob("*") if path.is_file())
