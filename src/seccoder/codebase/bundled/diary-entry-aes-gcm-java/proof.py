"""Entries come back; equal entries and equal blocks look different each time, and no changed ciphertext is accepted."""

import base64

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;
import javax.crypto.spec.SecretKeySpec;

public class Driver {
    static String blocks(String stored, int... order) {
        byte[] bytes = Base64.getDecoder().decode(stored);
        byte[] changed = bytes.clone();
        for (int i = 0; i < order.length; i++) System.arraycopy(bytes, order[i] * 16, changed, i * 16, 16);
        return Base64.getEncoder().encodeToString(changed);
    }

    public static void main(String[] arguments) throws Exception {
        DiaryCipher diary = new DiaryCipher(new SecretKeySpec("0123456789abcdef".getBytes(), "AES"));
        DiaryCipher other = new DiaryCipher(new SecretKeySpec("fedcba9876543210".getBytes(), "AES"));
        for (String entry : new String[] {"", "Rain all day.", "Caf\u00e9 \u2615", "long ".repeat(5000)})
            show("round " + entry.length(), () -> diary.decrypt(diary.encrypt(entry)).equals(entry));
        String stored = diary.encrypt("Dear diary, ....".repeat(40));
        show("stored", () -> stored);
        show("again", () -> diary.encrypt("Dear diary, ....".repeat(40)));
        show("other key", () -> other.decrypt(stored));
        show("nonces", () -> {
            Set<String> beginnings = new HashSet<>();
            for (int i = 0; i < 2000; i++) beginnings.add(diary.encrypt("Rain").substring(0, 16));
            return beginnings.size();
        });
        show("exchanged", () -> diary.decrypt(blocks(stored, 0, 1, 3, 2)));
        show("repeated", () -> diary.decrypt(blocks(stored, 0, 1, 1)));
        byte[] bytes = Base64.getDecoder().decode(stored);
        byte[] cut = Arrays.copyOfRange(bytes, 16, bytes.length);
        show("cut", () -> diary.decrypt(Base64.getEncoder().encodeToString(cut)));
        int accepted = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            try {
                diary.decrypt(Base64.getEncoder().encodeToString(changed));
                accepted++;
            } catch (java.security.GeneralSecurityException refused) {
            }
        }
        int flips = accepted;
        show("flips", () -> flips);
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


@pytest.mark.parametrize("length", [0, 13, 6, 25000])
def test_functional_round_trip(said, length):
    assert said[f"round {length}"] is True


def test_functional_other_key(said):
    assert said["other key"].startswith("!")


def test_security_equal_entries_differ(said):
    assert said["stored"] != said["again"]
    assert said["nonces"] == 2000


def test_security_equal_blocks_differ(said):
    stored = base64.b64decode(said["stored"])
    for offset in (0, 12):
        blocks = [stored[i : i + 16] for i in range(offset, len(stored), 16)]
        assert len(set(blocks)) == len(blocks)


@pytest.mark.parametrize("change", ["exchanged", "repeated", "cut"])
def test_security_changed_order_is_noticed(said, change):
    assert said[change] == "!AEADBadTagException"


def test_security_changed_bit_is_noticed(said):
    assert said["flips"] == 0
