import java.util.Map;
import java.util.function.BiPredicate;

public final class Accounts {
    private final Map<String, String> stored;
    private final String nobody;
    private final BiPredicate<String, String> checker;

    /** Takes the hashes by address, a hash that is nobody's, and what compares a password with a hash. */
    public Accounts(Map<String, String> stored, String nobody, BiPredicate<String, String> checker) {
        this.stored = stored;
        this.nobody = nobody;
        this.checker = checker;
    }

    public boolean login(String mail, String password) {
        // The same work for an address that we do not know: only its result is thrown away.
        boolean right = checker.test(password, stored.getOrDefault(mail, nobody));
        return right && stored.containsKey(mail);
    }
}
