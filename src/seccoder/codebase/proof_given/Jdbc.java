package given;

import static given.Said.json;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stand-in for a database: it notes the statements that reach it, so that the proof can run them in SQLite. */
public final class Jdbc {
    /** What was executed, each as JSON: the statement, and the values that were bound to it. */
    public static final List<String> log = new ArrayList<>();

    private Jdbc() {}

    /** A connection whose queries find this row (none, if it is null) and whose updates change that many. */
    public static Connection database(Map<String, Object> row, int updated) {
        return stub(Connection.class, (method, arguments) ->
            method.equals("prepareStatement") ? statement((String) arguments[0], row, updated)
                : method.equals("createStatement") ? statement(null, row, updated) : null);
    }

    private static PreparedStatement statement(String prepared, Map<String, Object> row, int updated) {
        Map<Integer, Object> bound = new TreeMap<>();
        boolean[] more = {row != null};
        ResultSet rows = stub(ResultSet.class, (method, arguments) -> {
            if (method.equals("next")) return more[0] && !(more[0] = false);
            return method.startsWith("get") ? row.get(arguments[0]) : null;
        });
        return stub(PreparedStatement.class, (method, arguments) -> {
            if (method.startsWith("set") && arguments.length == 2) bound.put((Integer) arguments[0], arguments[1]);
            if (!method.startsWith("execute")) return null;
            log.add(json(List.of(arguments == null ? prepared : arguments[0], bound.values())));
            return method.equals("executeQuery") ? rows : (Object) updated;
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T stub(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
