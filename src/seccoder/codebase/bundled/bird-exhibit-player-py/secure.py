import socket
from pathlib import Path


def play_recording(connection: socket.socket, folder: Path, name: str) -> None:
    """Play one of the recordings; ValueError for a name that none of them has."""
    # Looked up instead of cleaned: whatever is sent is the path of a file of ours.
    recordings = {path.stem: path for path in folder.glob("*.ogg")}
    recording = recordings.get(name.strip())
    if recording is None:
        raise ValueError("no such recording")
    for command in ("clear", f"add {recording}", "play"):
        connection.sendall(f"{command}\n".encode())
