import java.security.SecureRandom;
import java.util.Base64;
public class Tokens {
    private static final SecureRandom RANDOM = new SecureRandom();
    public static String fresh() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
