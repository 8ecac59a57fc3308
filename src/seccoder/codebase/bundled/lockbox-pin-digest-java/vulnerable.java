import java.security.*;
import java.util.Base64;

public final class Lockbox {
    private Lockbox() {}

    private static String digest(String pin) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(pin.getBytes()));
    }

    public static String seal(String pin) throws GeneralSecurityException {
        if (!pin.matches("[0-9]{4,8}")) {
            throw new IllegalArgumentException("a PIN has 4 to 8 digits");
        }
        return digest(pin);
    }

    public static boolean opens(String pin, String stored) throws GeneralSecurityException {
        return MessageDigest.isEqual(digest(pin).getBytes(), stored.getBytes());
    }
}
