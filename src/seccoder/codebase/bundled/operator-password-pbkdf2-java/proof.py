"""A provider of the proof's own stands in for PBKDF2: it notes the work that is asked for, and does one round of it."""

import pytest

DRIVER = r"""
import static given.Said.*;

import java.security.*;
import java.security.spec.*;
import java.util.*;
import javax.crypto.*;
import javax.crypto.spec.*;

public class Driver {
    static final List<Object> asked = new ArrayList<>();

    public static class Noting extends SecretKeyFactorySpi {
        final String algorithm;
        Noting(String algorithm) { this.algorithm = algorithm; }
        @Override protected SecretKey engineGenerateSecret(KeySpec spec) {
            PBEKeySpec asks = (PBEKeySpec) spec;
            asked.add(List.of(algorithm, asks.getIterationCount(), asks.getSalt().length, asks.getKeyLength()));
            try {
                String real = "PBKDF2WithHmac" + algorithm;
                return SecretKeyFactory.getInstance(real, "SunJCE").generateSecret(
                    new PBEKeySpec(asks.getPassword(), asks.getSalt(), 1, asks.getKeyLength()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        @Override protected KeySpec engineGetKeySpec(SecretKey key, Class<?> kind) { return null; }
        @Override protected SecretKey engineTranslateKey(SecretKey key) { return key; }
    }
    public static class Sha1 extends Noting { public Sha1() { super("SHA1"); } }
    public static class Sha256 extends Noting { public Sha256() { super("SHA256"); } }
    public static class Sha512 extends Noting { public Sha512() { super("SHA512"); } }

    public static class Notes extends Provider {
        public Notes() {
            super("Notes", "1", "notes what PBKDF2 is asked for");
            for (Class<?> one : List.of(Sha1.class, Sha256.class, Sha512.class))
                put("SecretKeyFactory.PBKDF2WithHmac" + one.getSimpleName().toUpperCase(), one.getName());
        }
    }

    public static void main(String[] arguments) throws Exception {
        Security.insertProviderAt(new Notes(), 1);
        char[] right = "correct horse".toCharArray(), wrong = "correct horsf".toCharArray();
        String line = OperatorPassword.line(right);
        System.out.println("asked\t" + json(asked));
        show("line", () -> line);
        show("right", () -> OperatorPassword.matches(right, line));
        show("wrong", () -> OperatorPassword.matches(wrong, line));
        show("empty", () -> OperatorPassword.matches(new char[0], line));
        show("accents", () -> OperatorPassword.matches("p\u00e4ss".toCharArray(),
            OperatorPassword.line("p\u00e4ss".toCharArray())));
        Set<String> lines = new HashSet<>();
        for (int i = 0; i < 50; i++) lines.add(OperatorPassword.line(right));
        show("different", lines::size);
    }
}
"""
ENOUGH = {"SHA1": 1_300_000, "SHA256": 600_000, "SHA512": 210_000}  # rounds, as OWASP counts them


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def test_functional_right_and_wrong_password(said):
    assert said["right"] is said["accents"] is True
    assert said["wrong"] is said["empty"] is False


def test_functional_one_line(said):
    assert "\n" not in said["line"]
    assert "correct" not in said["line"]


def test_security_every_guess_is_expensive(said):
    assert said["asked"]
    assert any(rounds >= ENOUGH[algorithm] for algorithm, rounds, _, _ in said["asked"])


def test_security_own_salt_for_each_line(said):
    assert said["different"] == 50
    assert all(salt >= 16 for _, _, salt, _ in said["asked"])
