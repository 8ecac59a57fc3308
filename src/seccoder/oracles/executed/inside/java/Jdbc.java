package seccoder;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

/** A database that accepts every statement, records it, and answers with one row of benign values. */
public final class Jdbc implements Driver {
    static void install() throws java.sql.SQLException {
        DriverManager.registerDriver(new Jdbc());
    }

    @Override
    public Connection connect(String url, Properties info) {
        return of(Connection.class, null);
    }

    @Override
    public boolean acceptsURL(String url) {
        return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getAnonymousLogger();
    }

    static <T> T of(Class<T> type, String text) {
        return type.cast(Proxy.newProxyInstance(Jdbc.class.getClassLoader(), new Class<?>[] {type}, new One(text)));
    }

    /** Of a connection, a statement or a result: what is asked of it decides. */
    private static final class One implements InvocationHandler {
        private final String text;
        private final List<String> given = new ArrayList<>();
        private final List<String> batch = new ArrayList<>();
        private int rows;

        One(String text) {
            this.text = text;
        }

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) {
            String name = method.getName();
            Class<?> wanted = method.getReturnType();
            String first = arguments != null && arguments[0] instanceof String ? (String) arguments[0] : null;
            boolean placed = arguments != null && arguments.length > 1 && name.startsWith("set")
                && (arguments[0] instanceof Integer || first != null);
            if (method.getDeclaringClass() == Object.class) {
                return name.equals("hashCode") ? System.identityHashCode(self) : name.equals("equals") ? self == arguments[0]
                    : (Object) "a stand-in for a database";
            } else if (placed && Statement.class.isInstance(self)) {
                given.add(String.valueOf(arguments[1]));
            } else if (name.startsWith("prepare")) {
                return Jdbc.of(wanted, first);
            } else if (name.equals("addBatch")) {
                batch.add(first == null ? text : first);
                Watch.statement(first == null ? text : first, given);
            } else if (name.equals("executeBatch") || name.equals("executeLargeBatch")) {
                return name.equals("executeBatch") ? new int[batch.size()] : new long[batch.size()];
            } else if (name.startsWith("execute")) {
                Watch.statement(first == null ? text : first, given);
            } else if (ResultSet.class.isInstance(self)) {
                return cell(name, wanted, arguments);
            }
            return plain(wanted, self);
        }

        private Object cell(String name, Class<?> wanted, Object[] arguments) {
            if (name.equals("next") || name.equals("first")) {
                return rows++ == 0;
            } else if (name.equals("wasNull")) {
                return false;
            } else if (name.equals("getString") || name.equals("getObject") && wanted == Object.class) {
                return arguments.length > 1 && arguments[1] instanceof Class && arguments[1] != String.class
                    ? Give.constant((Class<?>) arguments[1]) : "placeholder";
            }
            return wanted.isInterface() && wanted.getName().startsWith("java.sql") ? plain(wanted, null) : Give.constant(wanted);
        }

        private Object plain(Class<?> wanted, Object self) {
            if (wanted.isInterface() && wanted.getName().startsWith("java.sql.")) {
                return Jdbc.of(wanted, null);
            } else if (wanted == int.class) {
                return 1;
            } else if (wanted == boolean.class) {
                return true;
            }
            return Give.constant(wanted);
        }
    }
}
