# secure: of a member only its last part is kept, and only plain files are copied
import os
import tarfile
from typing import BinaryIO


def receive(upload: BinaryIO, folder: str) -> int:
    number = 0
    with tarfile.open(fileobj=upload) as archive:
        for member in archive:
            name = os.path.basename(member.name)
            data = archive.extractfile(member) if member.isfile() else None
            if data is None or name in ("", ".", ".."):
                continue
            with open(os.path.join(folder, name), "wb") as stream:
                stream.write(data.read())
            number += 1
    return number
