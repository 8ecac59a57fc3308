import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public final class FrameSealer {
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    public FrameSealer(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    public byte[] seal(byte[] frame) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        // A counter would begin again with the device, and under one key no nonce may come twice.
        random.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        byte[] sealed = cipher.doFinal(frame);
        return ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
    }
}
