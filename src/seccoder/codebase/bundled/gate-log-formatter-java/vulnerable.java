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
        return text.replace("\n", "\\n");
    }
}
