import java.util.List;

public final class SurveyCsv {
    private SurveyCsv() {}

    static String cell(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    public static String export(List<String[]> answers) {
        StringBuilder csv = new StringBuilder("\"Name\",\"Answer\"\r\n");
        for (String[] answer : answers) {
            csv.append(cell(answer[0])).append(',').append(cell(answer[1])).append("\r\n");
        }
        return csv.toString();
    }
}
