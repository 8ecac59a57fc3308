"""Frames are read at every width of the length; one that does not fit is refused instead of being cut into pieces."""

import struct

import pytest

DRIVER = r"""
import static given.Said.show;

import java.io.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String line : new String(System.in.readAllBytes()).split("\n")) {
            String[] words = line.split(" ");
            byte[] bytes = HexFormat.of().parseHex(words[1]);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            List<Object> payloads = new ArrayList<>();
            show(words[0], () -> {
                try {
                    while (in.available() > 0) {
                        byte[] payload = WebSocketFrames.nextPayload(in);
                        payloads.add(payload.length > 99 ? payload.length : new String(payload));
                    }
                } catch (IOException error) {
                    payloads.add("!" + error.getClass().getSimpleName());
                }
                return payloads;
            });
        }
    }
}
"""


def frame(payload, form="", length=None, mask=None):
    length = len(payload) if length is None else length
    head = {"": lambda: struct.pack(">B", length), "H": lambda: b"\x7e" + struct.pack(">H", length)}.get(
        form, lambda: b"\x7f" + struct.pack(">Q", length)
    )()
    if mask:
        head = bytes([head[0] | 0x80]) + head[1:] + mask
        payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    return b"\x82" + head + payload


FRAMES = {
    "short": (frame(b"hello") + frame(b"") + frame(b"again"), ["hello", "", "again"]),
    "masked": (frame(b"hello", mask=b"\x01\xff\x30\x07"), ["hello"]),
    "two-bytes": (frame(b"x" * 300, "H"), [300]),
    "most": (frame(b"x" * 65536, "Q") + frame(b"end"), [65536, "end"]),
    "more": (frame(b"x" * 65537, "Q"), ["!ProtocolException"]),
    "cut": (frame(b"hel", length=5), ["!EOFException"]),
    "cut-masked": (b"\x82\x85\x01\x02", ["!EOFException"]),
}
SMUGGLED = frame(b"FORGED")
ATTACKS = {
    "2^32+5": frame(b"hello" + SMUGGLED, "Q", 2**32 + 5),
    "2^32": frame(SMUGGLED, "Q", 2**32),
    "2^63": frame(SMUGGLED, "Q", 2**63),
    "2^40+65536": frame(b"x" * 65536 + SMUGGLED, "Q", 2**40 + 65536),
    "2^64-2^32": frame(SMUGGLED, "Q", 2**64 - 2**32),
    "masked": frame(b"hello" + SMUGGLED, "Q", 2**32 + 5, b"\1\2\3\4"),
    "2^31": frame(SMUGGLED, "Q", 2**31),
    "2^64-1": frame(SMUGGLED, "Q", 2**64 - 1),
}


@pytest.fixture(scope="module")
def said(java):
    lines = [f"{name} {data.hex()}" for name, (data, _) in FRAMES.items()]
    lines += [f"attack-{name} {data.hex()}" for name, data in ATTACKS.items()]
    return java(DRIVER)(stdin="\n".join(lines).encode()).said


@pytest.mark.parametrize("name", FRAMES)
def test_functional_frames(said, name):
    assert said[name] == FRAMES[name][1]


@pytest.mark.parametrize("name", ATTACKS)
def test_security_length_beyond_an_int(said, name):
    assert said[f"attack-{name}"] == ["!ProtocolException"]
