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
    header, _, encoded = data_url.partition(",")
    if not header.startswith("data:image/") or not header.endswith(";base64"):
        raise ValueError("not an image")
    extension = header[len("data:image/") : -len(";base64")]
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise ValueError("invalid base64") from None
    if not data:
        raise ValueError("empty image")
    name = f"{uuid.uuid4()}.{extension}"
    with open(folder / name, "wb") as file:
        file.write(data)
    return name
