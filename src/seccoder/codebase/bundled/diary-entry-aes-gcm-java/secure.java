import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

public final class DiaryCipher {
    private static final int NONCE_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();
    private final SecretKey key;

    public DiaryCipher(SecretKey key) {
        this.key = key;
    }

    public String encrypt(String entry) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        // Never the same nonce twice under one key; it is no secret and travels in front of the ciphertext.
        RANDOM.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        byte[] sealed = cipher.doFinal(entry.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(
            ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array());
    }

    public String decrypt(String stored) throws GeneralSecurityException {
        byte[] bytes = Base64.getDecoder().decode(stored);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, bytes, 0, NONCE_BYTES));
        byte[] entry = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        return new String(entry, StandardCharsets.UTF_8);
    }
}
