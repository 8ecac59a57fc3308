import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

public class Releases {
    /** Returns the digest of a file's content in hexadecimal digits. */
    public static String digest(byte[] content) throws NoSuchAlgorithmException {
        StringBuilder text = new StringBuilder();
        for (byte each : MessageDigest.getInstance("SHA-256").digest(content)) text.append(String.format("%02x", each));
        return text.toString();
    }
}
