import java.util.regex.Pattern;

public final class Hashtags {
    // Possessive (++) and with one separator: no text can be split in two ways, so nothing is tried again.
    private static final Pattern TAGS = Pattern.compile("#[a-z0-9]++(?: #[a-z0-9]++)*+");

    private Hashtags() {}

    public static boolean valid(String text) {
        return text.length() <= 100_000 && TAGS.matcher(text).matches();
    }
}
