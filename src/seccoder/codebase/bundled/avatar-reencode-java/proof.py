"""Pictures are stored; nothing with another ending or with content of the sender's choice ends up in the folder."""

import struct
import zlib

import pytest

DRIVER = r"""
import static given.Said.show;

import java.awt.image.BufferedImage;
import java.io.*;
import java.nio.file.*;
import javax.imageio.ImageIO;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectory(Path.of(arguments[0], "avatars"));
        BufferedImage drawn = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(drawn, "jpg", Path.of(arguments[0], "photo.jpg").toFile());
        for (int i = 1; i < arguments.length; i += 3) {
            String file = arguments[i], name = arguments[i + 1], type = arguments[i + 2];
            show(file + " " + name + " " + type, () -> {
                try (InputStream upload = Files.newInputStream(Path.of(arguments[0], file))) {
                    Path stored = Avatars.store(folder, name, type, upload);
                    String content = Files.readString(stored, java.nio.charset.StandardCharsets.ISO_8859_1);
                    BufferedImage image = ImageIO.read(stored.toFile());
                    String size = image == null ? "none" : image.getWidth() + "x" + image.getHeight();
                    return java.util.List.of(folder.relativize(stored).toString(), size, content.contains("alert("));
                }
            });
        }
    }
}
"""
SCRIPT = b"<script>alert(document.cookie)</script>"
ATTACKS = [
    ("page.html", "page.html", "image/png"),
    ("page.html", "page.png", "image/png"),
    ("page.html", "shell.jsp", "image/jpeg"),
    ("picture.svg", "picture.svg", "image/png"),
    ("tail.png", "tail.png.html", "image/png"),
    ("tail.png", "tail.png", "image/png"),
    ("text.png", "text.PhP", "image/png"),
    ("text.png", ".htaccess", "image/png"),
    ("plain.png", "x.png/../../x", "image/png"),
    ("huge.png", "huge.png", "image/png"),
    ("magic.png", "magic.jsp", "image/png"),
]


def png(width, height, text=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x20\x40\x60" * min(width, 4)) * min(height, 4))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    comment = chunk(b"tEXt", b"Comment\0" + text) if text else b""
    return b"\x89PNG\r\n\x1a\n" + header + comment + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def said(java, tmp_path_factory):
    root = tmp_path_factory.mktemp("forum")
    (root / "plain.png").write_bytes(png(4, 4))
    (root / "page.html").write_bytes(SCRIPT)
    (root / "picture.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>")
    (root / "tail.png").write_bytes(png(4, 4) + SCRIPT)
    (root / "text.png").write_bytes(png(4, 4, SCRIPT))
    (root / "huge.png").write_bytes(png(60000, 60000))
    (root / "magic.png").write_bytes(b"\x89PNG\r\n\x1a\n" + SCRIPT)
    benign = [("plain.png", "me.png", "image/png"), ("photo.jpg", "me.jpg", "image/jpeg")]
    others = [("plain.png", "me.gif", "image/gif"), ("page.html", "page.html", "text/html")]
    return java(DRIVER)(str(root), *(text for case in [*benign, *others, *ATTACKS] for text in case)).said


def test_functional_pictures(said):
    assert said["plain.png me.png image/png"][1] == "4x4"
    assert said["photo.jpg me.jpg image/jpeg"][1] == "3x2"


def test_functional_other_types(said):
    assert said["plain.png me.gif image/gif"] == said["page.html page.html text/html"] == "!IOException"


@pytest.mark.parametrize("case", ATTACKS)
def test_security_only_pictures_of_our_own_making(said, case):
    stored = said[" ".join(case)]
    if isinstance(stored, str):
        assert stored.startswith("!")  # refused
    else:
        name, size, script = stored
        assert name.endswith((".png", ".jpg")) and "/" not in name
        assert size == "4x4" and not script


@pytest.mark.parametrize("case", [ATTACKS[0], ATTACKS[3], ATTACKS[9], ATTACKS[10]])
def test_security_no_picture_or_too_large(said, case):
    assert said[" ".join(case)] in ("!IOException", "!IIOException")
