"""Tracks are read; a document with a DTD neither shows a file, nor fetches an address, nor defines what is counted."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.io.*;
import java.net.*;
import java.nio.charset.Charset;
import java.nio.file.*;
import java.util.concurrent.atomic.AtomicInteger;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        AtomicInteger visits = new AtomicInteger();
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread web = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket visitor = server.accept()) {
                    visits.incrementAndGet();
                    visitor.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n<!ENTITY x 'fetched'>".getBytes());
                } catch (IOException e) {
                    return;
                }
            }
        });
        web.start();
        for (String file : arguments) {
            String gpx = Files.readString(Path.of(file)).replace("PORT", "" + server.getLocalPort());
            byte[] bytes = gpx.getBytes(file.endsWith("utf-16") ? "UTF-16" : "UTF-8");
            show(file, () -> {
                Track track = Track.read(new ByteArrayInputStream(bytes));
                return track.name() + " " + track.points();
            });
        }
        server.close();
        web.join();
        show("visits", visits::get);
    }
}
"""

GPX = """{dtd}<gpx xmlns="http://www.topografix.com/GPX/1/1">
<trk><name>{name}</name><trkseg>{points}</trkseg></trk></gpx>"""
POINT = '<trkpt lat="46.5" lon="8.1"/>'
ATTACKS = {
    "file": ('<!DOCTYPE gpx [<!ENTITY x SYSTEM "file://{here}/secret.txt">]>', "&x;"),
    "file-utf-16": ('<!DOCTYPE gpx [<!ENTITY x SYSTEM "file://{here}/secret.txt">]>', "&x;"),
    "public": ('<!DOCTYPE gpx [<!ENTITY x PUBLIC "-//X" "file://{here}/secret.txt">]>', "&x;"),
    "external-dtd": ('<!DOCTYPE gpx SYSTEM "file://{here}/evil.dtd">', "&x;"),
    "parameter": ('<!DOCTYPE gpx [<!ENTITY % e SYSTEM "file://{here}/evil.dtd"> %e;]>', "&x;"),
    "web": ('<!DOCTYPE gpx SYSTEM "http://127.0.0.1:PORT/evil.dtd">', "plain"),
    "web-entity": ('<!DOCTYPE gpx [<!ENTITY x SYSTEM "http://127.0.0.1:PORT/x">]>', "&x;"),
    "internal": ('<!DOCTYPE gpx [<!ENTITY a "haha"><!ENTITY x "&a;&a;&a;&a;">]>', "&x;"),
}


@pytest.fixture(scope="module")
def said(java, tmp_path_factory):
    here = tmp_path_factory.mktemp("gpx")
    (here / "secret.txt").write_text("SECRET")
    (here / "evil.dtd").write_text(f'<!ENTITY x SYSTEM "file://{here}/secret.txt">')
    documents = {
        "plain": GPX.format(dtd="", name=" Gotthard ", points=POINT * 3),
        "prolog": GPX.format(dtd="<?xml version='1.0'?><!-- tour -->", name="A &amp; B &#x3c;", points=POINT),
        "empty": "<gpx/>",
        "broken": "<gpx><trk></gpx>",
    }
    for name, (dtd, value) in ATTACKS.items():
        documents[name] = GPX.format(dtd=dtd.replace("{here}", str(here)), name=value, points=POINT)
    for name, text in documents.items():
        (here / name).write_text(text)
    ran = java(DRIVER)(*(str(here / name) for name in documents))
    return {name.rpartition("/")[2]: value for name, value in ran.said.items()}


def test_functional_tracks(said):
    assert said["plain"] == "Gotthard 3"
    assert said["prolog"] == "A & B < 1"
    assert said["empty"] == "unnamed 0"


def test_functional_broken_document(said):
    assert said["broken"] == "!SAXParseException"


@pytest.mark.parametrize("name", ATTACKS)
def test_security_dtd_is_refused(said, name):
    assert said[name] == "!SAXParseException"


def test_security_no_address_is_fetched(said):
    assert said["visits"] == 0
