import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

public final class OperatorPassword {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    // What makes guessing slow is this number; lines keep their own, so it can be raised later.
    private static final int ROUNDS = 600_000;

    private OperatorPassword() {}

    /** Returns "rounds:salt:hash". */
    public static String line(char[] password) throws GeneralSecurityException {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        byte[] hash = derive(password, salt, ROUNDS);
        return ROUNDS + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }

    public static boolean matches(char[] password, String line) throws GeneralSecurityException {
        String[] parts = line.split(":");
        byte[] salt = Base64.getDecoder().decode(parts[1]);
        byte[] hash = derive(password, salt, Integer.parseInt(parts[0]));
        return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[2]));
    }

    private static byte[] derive(char[] password, byte[] salt, int rounds) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, rounds, 256);
        return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    }
}
