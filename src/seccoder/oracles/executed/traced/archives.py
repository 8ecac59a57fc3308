"""Adds archives to what the family of paths wants: members that lead into folders beside the one that is unpacked into.

They are for code that compares the beginnings of two paths as texts, and unpacks what a stream or a path holds.
"""

import io
import tarfile
import zipfile

from seccoder.oracles.executed.attempts import APP, Tokens, Wanted
from seccoder.oracles.executed.surface import Surface


def add(wanted: Wanted, surface: Surface, tokens: Tokens) -> None:
    """Add two archives of each kind that the source knows: a sound one with a folder, and one that leads out."""
    kinds = [kind for name, kind in (("zipfile", ".zip"), ("tarfile", ".tar.gz")) if name in surface.imports]
    for kind in kinds:
        whole = f"{APP}/archives/{tokens.word}-folders{kind}"
        new = f"new-{tokens.word}"  # nothing of that name is laid out
        wanted.files[whole] = _archive(kind, f"{new}/{new}.txt", tokens.inside.encode(), f"{new}/")
        wanted.benign.append(whole)
        for number, name in enumerate(("files", "archives")):
            path = f"{APP}/archives/{tokens.mark}beside{number}{kind}"
            member = f"../{name}{tokens.mark}/{tokens.mark}.txt"
            wanted.files[path] = _archive(kind, member, tokens.inside.encode())
            wanted.attacks.append({"value": path, "member": member})


def _archive(kind: str, member: str, data: bytes, folder: str = "") -> bytes:
    buffer = io.BytesIO()
    if kind == ".zip":
        with zipfile.ZipFile(buffer, "w") as packed:
            for name in (folder, member, member.rpartition("/")[2]) if folder else (member,):
                packed.writestr(name, b"" if name.endswith("/") else data)
        return buffer.getvalue()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        if folder:
            inner = tarfile.TarInfo(folder.rstrip("/"))
            inner.type, inner.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(inner)
        for name in (member, member.rpartition("/")[2]) if folder else (member,):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()
