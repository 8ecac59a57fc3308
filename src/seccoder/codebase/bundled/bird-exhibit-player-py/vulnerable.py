import socket
from pathlib import Path


def play_recording(connection: socket.socket, folder: Path, name: str) -> None:
    """Play one of the recordings; ValueError for a name that none of them has."""
    name = name.strip()
    if not name or name.splitlines()[0] not in {path.stem for path in folder.glob("*.ogg")}:
        raise ValueError("no such recording")
    recording = folder / f"{name}.ogg"
    for command in ("clear", f"add {recording}", "play"):
        connection.sendall(f"{command}\n".encode())
