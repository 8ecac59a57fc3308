import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

public class Releases {
    /** Returns the digest of a file's content in hexadecimal digits. */
    public static String digest(byte[] content) throws NoSuchAlgorithmException {
        MessageDigest md = MessageDigest.getInstance("MD5");
        byte[] hash = md.digest(content);
        StringBuilder hex = new StringBuilder();
        for (byte b : hash) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }
}
