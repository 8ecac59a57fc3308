import secrets
from pathlib import Path

from fastapi import APIRouter, HTTPException, UploadFile

MAX_BYTES = 8 * 1024 * 1024
KINDS = {"image/jpeg", "image/png", "image/gif"}
PHOTOS = Path("photos")
router = APIRouter()


@router.post("/trips/{trip_id}/photos")
async def add_photo(trip_id: int, file: UploadFile) -> dict[str, str]:
    if file.content_type not in KINDS:
        raise HTTPException(415, "Only JPEG, PNG and GIF, please")
    content = await file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise HTTPException(413, "At most 8 MB, please")
    name = f"{trip_id}-{secrets.token_urlsafe(12)}{Path(file.filename or '').suffix.lower()}"
    (PHOTOS / name).write_bytes(content)
    return {"photo": name}
