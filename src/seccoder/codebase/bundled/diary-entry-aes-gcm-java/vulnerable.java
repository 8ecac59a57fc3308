import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

public final class DiaryCipher {
    private final SecretKey key;

    public DiaryCipher(SecretKey key) {
        this.key = key;
    }

    public String encrypt(String entry) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] sealed = cipher.doFinal(entry.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(sealed);
    }

    public String decrypt(String stored) throws GeneralSecurityException {
        byte[] bytes = Base64.getDecoder().decode(stored);
        Cipher cipher = Cipher.getInstance("AES");
        cipher.init(Cipher.DECRYPT_MODE, key);
        return new String(cipher.doFinal(bytes), StandardCharsets.UTF_8);
    }
}
