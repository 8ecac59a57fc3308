"""Pictures are stored under an ending that fits; nothing else gets into the folder, whatever it calls itself."""

from pathlib import Path

import pytest

DRIVER = r"""
import static given.Said.show;

import java.nio.file.*;
import java.util.*;
import org.springframework.web.multipart.MultipartFile;

public class Driver {
    record Upload(String getOriginalFilename, String getContentType, byte[] getBytes) implements MultipartFile {
        public long getSize() {
            return getBytes.length;
        }
    }

    public static void main(String[] arguments) throws Exception {
        var controller = new PictureController(Files.createDirectories(Path.of("pictures")));
        byte[] png = "?PNG\r\n\032\n and so on".getBytes("ISO-8859-1"), jpg = {-1, -40, -1, -32, 0, 16};
        png[0] = (byte) 0x89;
        byte[] page = "<script>alert(1)</script>".getBytes();
        Map<String, Upload> uploads = new LinkedHashMap<>();
        uploads.put("png", new Upload("soup.png", "image/png", png));
        uploads.put("jpg", new Upload("soup.jpg", "image/jpeg", jpg));
        uploads.put("text", new Upload("a.txt", "text/plain", "hello".getBytes()));
        uploads.put("large", new Upload("a.png", "image/png", Arrays.copyOf(png, 5_000_001)));
        uploads.put("page", new Upload("soup.html", "image/png", page));
        uploads.put("page as png", new Upload("soup.png", "image/png", page));
        uploads.put("nothing", new Upload("soup.png", "image/png", new byte[0]));
        uploads.put("png as page", new Upload("soup.html", "image/png", png));
        uploads.put("png as svg", new Upload("soup.svg", "image/jpeg", jpg));
        uploads.put("path", new Upload("x./../../soup", "image/png", png));
        uploads.forEach((name, upload) -> show(name, () -> controller.upload(7, upload)));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    said = java(DRIVER)().said
    said["stored"] = {path.name: path.read_bytes() for path in Path("pictures").iterdir()}
    return said


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_functional_pictures(said, kind):
    assert said[kind].startswith("7-") and said[kind].endswith(kind) and said[kind] in said["stored"]


@pytest.mark.parametrize("kind", ["text", "large"])
def test_functional_refused(said, kind):
    assert said[kind] == "!ResponseStatusException"


@pytest.mark.parametrize("kind", ["page", "page as png", "nothing"])
def test_security_no_pictures(said, kind):
    assert said[kind] == "!ResponseStatusException"


@pytest.mark.parametrize("kind", ["png as page", "png as svg", "path"])
def test_security_endings_are_ours(said, kind):
    assert said[kind].endswith((".png", ".jpg")) and "/" not in said[kind]


def test_security_only_pictures_are_stored(said):
    assert all(data[:3] in (b"\x89PN", b"\xff\xd8\xff") for data in said["stored"].values())
