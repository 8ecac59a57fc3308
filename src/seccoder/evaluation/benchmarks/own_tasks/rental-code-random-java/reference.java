import java.security.SecureRandom;
import java.util.Random;

public class Rental {
    /** Returns a new code of six digits that cannot be guessed. */
    public static String newCode() {
        return String.format("%06d", new SecureRandom().nextInt(1_000_000));
    }
}
