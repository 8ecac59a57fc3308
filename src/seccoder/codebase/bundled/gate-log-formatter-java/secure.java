import java.util.logging.Formatter;
import java.util.logging.LogRecord;

public final class OneLineFormatter extends Formatter {
    @Override
    public String format(LogRecord record) {
        String text = formatMessage(record);
        if (record.getThrown() != null) {
            text += " (" + record.getThrown() + ")";
        }
        return String.format("%s %s %s %s%n",
            record.getInstant(), record.getLevel().getName(), record.getLoggerName(), oneLine(text));
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.chars().forEach(c -> {
            // All controls, not only \n: \r, U+0085 and U+2028 start lines too, and ESC repaints the terminal.
            boolean breaking = switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT -> true;
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                default -> c == '\\';
            };
            line.append(breaking ? String.format("\\u%04x", c) : String.valueOf((char) c));
        });
        return line.toString();
    }
}
