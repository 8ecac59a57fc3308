import secrets
from pathlib import Path

from fastapi import APIRouter, HTTPException, UploadFile

MAX_BYTES = 8 * 1024 * 1024
KINDS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png", b"GIF87a": ".gif", b"GIF89a": ".gif"}
PHOTOS = Path("photos")
router = APIRouter()


@router.post("/trips/{trip_id}/photos")
async def add_photo(trip_id: int, file: UploadFile) -> dict[str, str]:
    content = await file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise HTTPException(413, "At most 8 MB, please")
    # The bytes say what it is, and from that follows the ending under which it is served.
    ending = next((ending for start, ending in KINDS.items() if content.startswith(start)), None)
    if ending is None:
        raise HTTPException(415, "Only JPEG, PNG and GIF, please")
    name = f"{trip_id}-{secrets.token_urlsafe(12)}{ending}"
    (PHOTOS / name).write_bytes(content)
    return {"photo": name}
