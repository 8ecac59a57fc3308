import java.security.*;
import javax.crypto.*;
import javax.crypto.spec.*;
public class Box {
    public static byte[] seal(byte[] key, byte[] text) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("DES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(java.util.Arrays.copyOf(key, 8), "DES"), new IvParameterSpec(new byte[8]));
        return cipher.doFinal(text);
    }
}
