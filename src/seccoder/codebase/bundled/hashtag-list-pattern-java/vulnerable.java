import java.util.regex.Pattern;

public final class Hashtags {
    private static final Pattern TAGS = Pattern.compile("#([a-z0-9]+)+(?: #([a-z0-9]+)+)*");

    private Hashtags() {}

    public static boolean valid(String text) {
        return text.length() <= 100_000 && TAGS.matcher(text).matches();
    }
}
