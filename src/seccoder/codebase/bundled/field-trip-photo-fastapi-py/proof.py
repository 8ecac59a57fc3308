"""Uploads to the endpoint behind a few lines that stand in for FastAPI; no page may get into the served folder."""

import asyncio
import importlib
from pathlib import Path

import pytest

FASTAPI = """
class HTTPException(Exception):
    def __init__(self, status_code, detail=""):
        self.status_code = status_code


class APIRouter:
    def post(self, path, **options):
        return lambda function: function


class UploadFile:
    def __init__(self, filename, content_type, content):
        self.filename, self.content_type, self._content = filename, content_type, content

    async def read(self, size=-1):
        return self._content if size < 0 else self._content[:size]
"""
Path("fastapi.py").write_text(FASTAPI)
Path("photos").mkdir(exist_ok=True)
importlib.invalidate_caches()

from fastapi import HTTPException, UploadFile  # noqa: E402

import subject  # noqa: E402

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
PAGE = b"<html><script>1</script></html>"


def add(filename, content_type, content):
    try:
        return asyncio.run(subject.add_photo(7, UploadFile(filename, content_type, content)))["photo"]
    except HTTPException as error:
        return error.status_code


def test_functional_photos_are_kept():
    one, two = add("Lake.PNG", "image/png", PNG), add("Lake.png", "image/png", PNG)
    assert one != two and one.endswith(".png") and Path("photos", one).read_bytes() == PNG
    assert add("a.gif", "image/gif", b"GIF89a" + bytes(9)).endswith(".gif")
    assert add("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(9)).endswith(".jpg")


def test_functional_what_is_refused():
    assert add("a.txt", "text/plain", b"hello") == 415
    assert add("a.png", "image/png", PNG + bytes(8 * 1024 * 1024)) == 413


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.png", "a.png.html", "a"])
def test_security_a_page_is_not_stored(name):
    assert add(name, "image/png", PAGE) == 415


def test_security_a_picture_is_served_as_one():
    for name in ("a.html", "a.php", "a.svg"):
        assert add(name, "image/png", PNG + PAGE).endswith(".png")
