import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

public class Releases {
    /** Returns the digest of a file's content in hexadecimal digits. */
    public static String digest(byte[] content) throws NoSuchAlgorithmException {
