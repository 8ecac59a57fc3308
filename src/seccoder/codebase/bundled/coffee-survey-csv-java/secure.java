import java.util.List;
import java.util.regex.Pattern;

public final class SurveyCsv {
    private static final Pattern FORMULA = Pattern.compile("\\A *[=+\\-@\\t\\r]");

    private SurveyCsv() {}

    static String cell(String text) {
        // The quotes are gone when Excel decides whether this is a formula.
        String shown = FORMULA.matcher(text).find() ? "'" + text : text;
        return '"' + shown.replace("\"", "\"\"") + '"';
    }

    public static String export(List<String[]> answers) {
        StringBuilder csv = new StringBuilder("\"Name\",\"Answer\"\r\n");
        for (String[] answer : answers) {
            csv.append(cell(answer[0])).append(',').append(cell(answer[1])).append("\r\n");
        }
        return csv.toString();
    }
}
