import java.security.SecureRandom;
import java.util.Random;

public class Rental {
    /** Returns a new code of six digits that cannot be guessed. */
    public static String newCode() {
        Random random = new Random();
        return String.format("%06d", random.nextInt(1000000));
    }
}
