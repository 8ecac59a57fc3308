import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

public final class CalendarFeeds {
    private static final String PREFIX = "/feeds/";
    // Knowing some of its output does not help to guess more of it.
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> users = new ConcurrentHashMap<>();

    /** Returns a new address, such as "/feeds/5f0c...", that shows the user's calendar to whoever knows it. */
    public String publish(String user) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String address = PREFIX + HexFormat.of().formatHex(secret);
        users.put(address, user);
        return address;
    }

    public Optional<String> userOf(String address) {
        return Optional.ofNullable(users.get(address));
    }
}
