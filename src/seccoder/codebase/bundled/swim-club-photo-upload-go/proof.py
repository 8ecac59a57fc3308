"""Uploads come as a browser or an attacker sends them; the public folder gets pictures with a picture's extension only."""

import base64
import json

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"os"

	"demo/subject"
)

func main() {
	var cases []struct {
		Name, Type string
		Content    []byte
	}
	json.NewDecoder(os.Stdin).Decode(&cases)
	for _, c := range cases {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		part, _ := form.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf(`form-data; name="photo"; filename="%s"`, c.Name)},
			"Content-Type":        {c.Type}})
		part.Write(c.Content)
		form.Close()
		sent, err := multipart.NewReader(&body, form.Boundary()).ReadForm(1 << 20)
		if err != nil {
			panic(err)
		}
		name, err := photos.Save(os.Args[1], sent.File["photo"][0])
		if err != nil {
			name = ""
		}
		json.NewEncoder(os.Stdout).Encode(name)
	}
}
"""
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(1000)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(30)
GIF = b"GIF89a\x01\0\x01\0" + bytes(10)
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
BENIGN = {
    "start.png": ("image/png", PNG, ".png"),
    "relay team.jpg": ("image/jpeg", JPEG, ".jpg"),
    "loop.gif": ("image/gif", GIF, ".gif"),
}
NO_PHOTO = {"minutes.pdf": ("application/pdf", b"%PDF-1.7"), "notes.txt": ("text/plain", b"hello")}
ATTACKS = {
    "page.html": ("image/png", PAGE),
    "page.htm": ("image/jpeg", JPEG + PAGE),
    "polyglot.html": ("image/gif", b"GIF89a/*" + PAGE),
    "shell.php": ("image/png", b"<?php system($_GET['c']);"),
    "shell.png.php": ("image/png", PNG),
    "shell.PHP": ("image/png", PNG),
    "drawing.svg": ("image/svg+xml", SVG),
    "drawing.png": ("image/png", SVG),
    "page.png": ("image/png", PAGE),
    "run.cgi": ("image/x-anything", b"#!/bin/sh\nid"),
    "empty.png": ("image/png", b""),
    "x.png/../../up.html": ("image/png", PNG),
    ".htaccess": ("image/png", b"AddType text/html .png"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("site") / "public"


@pytest.fixture(scope="module")
def said(go, folder):
    folder.mkdir()
    sent = [*BENIGN.items(), *NO_PHOTO.items(), *ATTACKS.items()]
    cases = [
        {"name": name, "type": kind, "content": base64.b64encode(content).decode()}
        for name, (kind, content, *_) in sent
    ]
    ran = go(DRIVER)(str(folder), stdin=json.dumps(cases).encode())
    return {name: json.loads(line) for (name, _), line in zip(sent, ran.out.splitlines())}


@pytest.mark.parametrize("name", BENIGN)
def test_functional_photos(said, folder, name):
    _, content, extension = BENIGN[name]
    assert said[name].endswith(extension)
    assert (folder / said[name]).read_bytes() == content


def test_functional_names_are_new(said):
    assert len({said[name] for name in BENIGN}) == 3


@pytest.mark.parametrize("name", NO_PHOTO)
def test_functional_other_files_are_refused(said, name):
    assert said[name] == ""


@pytest.mark.parametrize("name", ATTACKS)
def test_security_only_pictures_in_the_folder(said, folder, name):
    if said[name]:
        content = (folder / said[name]).read_bytes()
        assert said[name].endswith((".png", ".jpg", ".gif"))
        assert content.startswith((PNG[:8], JPEG[:3], GIF[:6]))


def test_security_nothing_elsewhere(said, folder):
    assert list(folder.parent.iterdir()) == [folder]
    assert all("/" not in name for name in said.values())
