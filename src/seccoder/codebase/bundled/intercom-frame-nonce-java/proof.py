"""Frames come back, and no two of one device have the same nonce, also not after it was started again."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;
import javax.crypto.Cipher;
import javax.crypto.spec.*;

public class Driver {
    public static void main(String[] arguments) {
        byte[] key = "0123456789abcdef0123456789abcdef".getBytes();
        for (int size : new int[] {0, 1, 160, 4000})
            show("round " + size, () -> {
                byte[] frame = "v".repeat(size).getBytes(), sealed = new FrameSealer(key).seal(frame);
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                var nonce = new GCMParameterSpec(128, sealed, 0, 12);
                cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), nonce);
                return Arrays.equals(frame, cipher.doFinal(sealed, 12, sealed.length - 12));
            });
        show("one start", () -> nonces(key, 1, 200).size());
        show("starts", () -> nonces(key, 20, 10).size());
    }

    static Set<String> nonces(byte[] key, int starts, int frames) throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < starts; i++) {
            FrameSealer sealer = new FrameSealer(key);
            for (int j = 0; j < frames; j++)
                seen.add(HexFormat.of().formatHex(sealer.seal("hello".getBytes()), 0, 12));
        }
        return seen;
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


@pytest.mark.parametrize("size", [0, 1, 160, 4000])
def test_functional_comes_back(said, size):
    assert said[f"round {size}"] is True


def test_functional_within_one_start(said):
    assert said["one start"] == 200


def test_security_after_further_starts(said):
    assert said["starts"] == 200
