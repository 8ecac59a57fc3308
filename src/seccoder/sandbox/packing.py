"""Packs the files that a box gets, and reads those that it gives back, which are untrusted."""

import io
import tarfile
from collections.abc import Mapping, Sequence


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of files by their paths; one that starts with `#!` can be executed."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            data = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o755 if data.startswith(b"#!") else 0o644
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def unpack(packed: bytes, keep: Sequence[str]) -> dict[str, bytes]:
    """Return the plain files asked for. The archive is untrusted: nothing of it is written, and no link is followed."""
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            for member in archive:
                if member.name in keep and member.isreg() and (content := archive.extractfile(member)) is not None:
                    found[member.name] = content.read()
    except (tarfile.TarError, OSError, ValueError, EOFError):
        pass  # it is cut off or forged: what was read so far is kept
    return found
