import java.security.*;
import javax.crypto.*;
import javax.crypto.spec.*;
public class Box {
    private static final SecureRandom RANDOM = new SecureRandom();
    public static byte[] seal(SecretKey key, byte[] text) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        RANDOM.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        return cipher.doFinal(text);
    }
}
