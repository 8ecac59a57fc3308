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
    suffixes = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp"}
    header, comma, content = data_url.partition(",")
    kind = header.removeprefix("data:").removesuffix(";base64").lower()
    if not comma or header.lower() != f"data:{kind};base64" or kind not in suffixes:
        raise ValueError("not a picture")
    try:
        picture = base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise ValueError(f"not a picture: {error}") from None
    if not picture:
        raise ValueError("an empty picture")
    name = uuid.uuid4().hex + suffixes[kind]
    (folder / name).write_bytes(picture)
    return name
