import java.security.*;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
public class Sums {
    public static String of(String text) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
