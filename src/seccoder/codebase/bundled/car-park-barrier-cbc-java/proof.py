"""Messages come back at the barrier; equal ones share no block on their way."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;
import javax.crypto.Cipher;
import javax.crypto.spec.*;

public class Driver {
    public static void main(String[] arguments) {
        byte[] key = "0123456789abcdef0123456789abcdef".getBytes();
        for (int size : new int[] {0, 1, 15, 16, 17, 500})
            show("round " + size, () -> {
                byte[] message = "m".repeat(size).getBytes(), sealed = Barrier.encrypt(key, message);
                Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
                cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(sealed, 0, 16));
                return Arrays.equals(message, cipher.doFinal(sealed, 16, sealed.length - 16));
            });
        show("short key", () -> Barrier.encrypt("short".getBytes(), key));
        List<String> all = new ArrayList<>();
        show("all", () -> {
            for (int i = 0; i < 16; i++)
                all.add(HexFormat.of().formatHex(Barrier.encrypt(key, "open barrier 3 for the red car".getBytes())));
            return all;
        });
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 500])
def test_functional_comes_back(said, size):
    assert said[f"round {size}"] is True


def test_functional_short_key(said):
    assert said["short key"].startswith("!")


def test_security_no_block_twice(said):
    blocks = [sealed[i : i + 32] for sealed in said["all"] for i in range(0, len(sealed), 32)]
    assert len(blocks) == 48 and len(set(blocks)) == 48
