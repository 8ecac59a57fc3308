import java.security.SecureRandom;
import java.util.Random;

public class Rental {
    /** Returns a new code of six digits that cannot be guessed. */
    public static String newCode() {
