import base64
import binascii
import uuid
from pathlib import Path


def save_picture(folder: Path, data_url: str) -> str:
    """Save a picture that somebody pasted into a comment.

    Args:
        folder: The web server serves what is in it at /pictures/<name>, with the type that its suffix stands for.
        data_url: As the browser sent it, such as "data:image/png;base64,iVBORw0...". PNG, JPEG, GIF and WebP will do.

    Returns:
        The new file's name.

    Raises:
        ValueError: If it cannot be used.
    """
