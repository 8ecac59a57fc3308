import java.security.*;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

public final class Passwords {
    private final int rounds;

    /** Takes the rounds that this server manages in a quarter of a second; see the settings. */
    public Passwords(int rounds) {
        this.rounds = rounds;
    }

    private byte[] derive(String password, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    }

    public String hash(String login, String password) throws GeneralSecurityException {
        byte[] salt = MessageDigest.getInstance("SHA-256").digest(login.getBytes());
        return HexFormat.of().formatHex(salt) + ":" + HexFormat.of().formatHex(derive(password, salt));
    }

    public boolean matches(String login, String password, String stored) throws GeneralSecurityException {
        String[] parts = stored.split(":");
        byte[] salt = HexFormat.of().parseHex(parts[0]);
        return MessageDigest.isEqual(derive(password, salt), HexFormat.of().parseHex(parts[1]));
    }
}
