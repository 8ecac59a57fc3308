import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Consumer;

public final class Session {
    private final byte[] key;
    private final Consumer<String> telescope;
    private boolean known;

    public Session(String key, Consumer<String> telescope) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.telescope = telescope;
    }

    public String handle(String line) {
        String[] words = line.strip().split("\\s+");
        if (words[0].equals("status")) {
            return "ready";
        }
        if (words[0].equals("login")) {
            known = words.length == 2 && MessageDigest.isEqual(key, words[1].getBytes(StandardCharsets.UTF_8));
            return known ? "welcome" : "denied";
        }
        // Before any command is looked at: one that is added below is behind the login too.
        if (!known) {
            return "denied";
        }
        return switch (words[0]) {
            case "park", "point", "shutter" -> {
                telescope.accept(String.join(" ", words));
                yield "done";
            }
            default -> "unknown";
        };
    }
}
