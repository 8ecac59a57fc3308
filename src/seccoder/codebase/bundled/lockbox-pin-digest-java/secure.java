import java.security.*;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

public final class Lockbox {
    private Lockbox() {}

    private static String derive(String pin, byte[] salt) throws GeneralSecurityException {
        var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
        byte[] key = factory.generateSecret(new PBEKeySpec(pin.toCharArray(), salt, 100_000, 256)).getEncoded();
        return Base64.getEncoder().encodeToString(salt) + "$" + Base64.getEncoder().encodeToString(key);
    }

    public static String seal(String pin) throws GeneralSecurityException {
        if (!pin.matches("[0-9]{4,8}")) {
            throw new IllegalArgumentException("a PIN has 4 to 8 digits");
        }
        // With a salt of its own no table of all PINs fits, and equal PINs do not look equal.
        return derive(pin, SecureRandom.getSeed(16));
    }

    public static boolean opens(String pin, String stored) throws GeneralSecurityException {
        byte[] salt = Base64.getDecoder().decode(stored.substring(0, stored.indexOf('$')));
        return MessageDigest.isEqual(derive(pin, salt).getBytes(), stored.getBytes());
    }
}
