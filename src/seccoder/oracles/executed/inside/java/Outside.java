package seccoder;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the stand-ins for libraries use of the harness. */
public final class Outside {
    private Outside() {}

    public static Object stand(Class<?> type) {
        return Give.stand(type, "made", type.getSimpleName());
    }

    public static void file(String name, String path) {
        Watch.before("file", name, Watch.line(), new Object[] {path});
    }

    public static void statement(String text, Object... given) {
        int line = Watch.line();
        Object[] told = given == null ? new Object[0] : given;
        Watch.before("statement", "template", line, new Object[] {text, Arrays.asList(told)});
        Watch.statement(text, Arrays.stream(told).map(each -> each instanceof Object[] ? Arrays.toString((Object[]) each)
            : String.valueOf(each)).collect(Collectors.toList()));
    }

    public static java.sql.ResultSet rows() {
        return Jdbc.of(java.sql.ResultSet.class, null);
    }

    @SuppressWarnings("unchecked")
    public static <T> T one(Class<T> type) {
        return (T) Give.constant(type);
    }

    /** Writes a line of a log: each pair of braces takes the next value. */
    public static void log(String text, Object... given) {
        String told = String.valueOf(text);
        for (Object each : given) {
            int place = told.indexOf("{}");
            told = each instanceof Throwable && place < 0 ? told + "\n" + each
                : place < 0 ? told : told.substring(0, place) + each + told.substring(place + 2);
        }
        Watch.log(told);
    }
}
