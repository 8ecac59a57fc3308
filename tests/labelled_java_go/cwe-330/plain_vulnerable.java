import java.util.Random;
import java.util.Base64;
public class Tokens {
    public static String fresh() {
        byte[] bytes = new byte[24];
        new Random().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
