package seccoder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the attempts of a plan: one call of one entry point each, in a class loader of its own. */
public final class Box {
    static final String APP = "/box/app";
    static final String STAND_INS = "(javax|jakarta)\\.servlet\\..*|org\\.springframework\\..*|org\\.slf4j\\..*";
    private static final Path CLASSES = Path.of("/box/classes");
    private static final long CPU = 2_000_000_000L; // of one attempt, in nanoseconds
    private static final long ENOUGH = 2_500_000_000L; // of all benign calls of one entry point, in nanoseconds
    private static final long WALL = 20_000; // in milliseconds: then it waits for something that never comes
    private static final Map<String, byte[]> CODE = new TreeMap<>();

    static String word;
    static String mark;
    static String inside;
    static String dialect;
    static String source;
    static String base;
    static String method = "GET";
    static boolean flag;
    static boolean controller;
    static List<String> keys = List.of();
    static List<String> watch = List.of();
    static Map<String, String> values = Map.of();
    private static List<Object> guesses;
    private static PrintStream report;

    private Box() {}

    /** One method that can be called. */
    private static final class Entry {
        final String type;
        final String signature;
        final String label;
        final boolean route;
        final int line;

        Entry(String type, String signature, String label, boolean route, int line) {
            this.type = type;
            this.signature = signature;
            this.label = label;
            this.route = route;
            this.line = line;
        }
    }

    /** Loads the code under test, watched, before anything of the same name elsewhere. */
    static final class Loader extends ClassLoader {
        Loader() {
            super(Box.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] code = CODE.get(name);
            if (code == null) {
                return super.loadClass(name, resolve);
            }
            synchronized (this) {
                Class<?> found = findLoadedClass(name);
                return found != null ? found : defineClass(name, code, 0, code.length);
            }
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            Path place = Path.of(APP, name);
            try {
                return Files.isRegularFile(place) ? Files.newInputStream(place) : super.getResourceAsStream(name);
            } catch (IOException e) {
                return null;
            }
        }
    }

    public static void main(String[] given) throws Exception {
        report = System.out;
        Map<?, ?> plan = (Map<?, ?>) Json.read(Files.readString(Path.of(given[0])));
        word = (String) plan.get("word");
        mark = (String) plan.get("mark");
        inside = (String) plan.get("inside");
        dialect = (String) plan.get("dialect");
        source = (String) plan.get("source");
        guesses = list(plan.get("guesses"));
        keys = texts(plan.get("keys"));
        watch = texts(plan.get("watch"));
        Jdbc.install();
        Instead.install();
        logging();
        read();
        List<Entry> entries = entries();
        List<Object> told = new ArrayList<>();
        for (Entry entry : entries) {
            told.add(Arrays.asList(entry.type + " " + entry.signature, entry.label, entry.route, entry.line));
        }
        say(Map.of("entries", told, "sites", Rewrite.SITES));
        Disk.lay(files(plan.get("files")));
        long began = cpu();
        long most = (long) (1e9 * (Double) plan.get("seconds"));
        int n = 0;
        Map<String, Long> taken = new TreeMap<>();
        boolean finished = true;
        for (Object each : list(plan.get("attempts"))) {
            Map<?, ?> attempt = (Map<?, ?>) each;
            for (Entry entry : entries) {
                String wanted = (String) attempt.get("entry");
                if (wanted != null && !wanted.equals(entry.type + " " + entry.signature)) {
                    continue;
                }
                if (cpu() - began > most) {
                    finished = false;
                    break;
                }
                long start = cpu();
                if (wanted == null && taken.getOrDefault(entry.signature, 0L) > ENOUGH) {
                    continue; // it is slow by its nature: the first benign calls have to do
                }
                int number = wanted == null ? n++ : ((Double) attempt.get("n")).intValue();
                say(Map.of("attempt", make(number, entry, attempt)));
                taken.merge(entry.signature, cpu() - start, Long::sum);
            }
        }
        say(Map.of("finished", finished));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void say(Map<String, Object> message) {
        report.println(Json.write(message));
        report.flush();
    }

    private static List<Object> list(Object value) {
        return value == null ? List.of() : new ArrayList<>((List<?>) value);
    }

    private static List<String> texts(Object value) {
        return list(value).stream().map(String::valueOf).collect(Collectors.toList());
    }

    private static Map<String, byte[]> files(Object value) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        if (value != null) {
            ((Map<?, ?>) value).forEach((path, data) -> found.put((String) path, Base64.getDecoder().decode((String) data)));
        }
        return found;
    }

    // --- what there is to call ---

    private static void read() throws IOException {
        List<Path> found;
        try (Stream<Path> walked = Files.walk(CLASSES)) {
            found = walked.filter(path -> path.toString().endsWith(".class")).sorted().collect(Collectors.toList());
        }
        for (Path path : found) {
            byte[] code = Files.readAllBytes(path);
            String name = CLASSES.relativize(path).toString().replace('/', '.').replaceAll("\\.class$", "");
            try {
                code = Rewrite.of(code);
            } catch (UnsupportedOperationException e) {
                say(Map.of("trouble", name + " cannot be watched: " + e.getMessage()));
            }
            CODE.put(name, code);
        }
    }

    static List<Class<?>> classes() throws Exception {
        ClassLoader loader = now;
        List<Class<?>> found = new ArrayList<>();
        for (String name : CODE.keySet()) {
            found.add(Class.forName(name, false, loader));
        }
        return found;
    }

    private static List<Entry> entries() throws Exception {
        now = new Loader();
        List<Entry> found = new ArrayList<>();
        for (Class<?> type : classes()) {
            if (type.isAnonymousClass() || type.isSynthetic() || type.isAnnotation()) {
                continue;
            }
            List<Method> methods = new ArrayList<>();
            for (Method method : type.getDeclaredMethods()) {
                boolean callable = Modifier.isStatic(method.getModifiers())
                    || !Modifier.isAbstract(type.getModifiers()) && !type.isInterface();
                boolean plain = method.getName().matches("toString|hashCode|equals|compareTo|values|valueOf|ordinal");
                boolean accessor = type.isRecord() && method.getParameterCount() == 0
                    && Arrays.stream(type.getRecordComponents()).anyMatch(each -> each.getName().equals(method.getName()));
                if (!method.isSynthetic() && !method.isBridge() && callable && !plain && !accessor
                    && !Modifier.isAbstract(method.getModifiers())) {
                    methods.add(method);
                }
            }
            boolean open = methods.stream().anyMatch(method -> !Modifier.isPrivate(method.getModifiers()));
            for (Method method : methods) {
                if (open && Modifier.isPrivate(method.getModifiers())) {
                    continue;
                }
                String route = Spring.route(type, method);
                if (route.isEmpty() && answers(method)) {
                    route = (method.getName().equals("doPost") ? "POST" : "GET") + " /" + type.getSimpleName();
                }
                String label = route.isEmpty() ? type.getSimpleName() + "." + method.getName() + "()" : route;
                found.add(new Entry(type.getName(), method.toString(), label, !route.isEmpty(), 0));
            }
        }
        found.sort((a, b) -> a.signature.compareTo(b.signature));
        return found;
    }

    private static boolean answers(Method method) {
        String names = Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(" "));
        return names.matches(".*(Http)?ServletRequest (Http)?ServletResponse.*|HttpExchange");
    }

    // --- one attempt ---

    private static Loader now;

    private static Map<String, Object> make(int number, Entry entry, Map<?, ?> attempt) throws Exception {
        Watch.Record record = new Watch.Record();
        Watch.now = record;
        base = (String) attempt.get("base");
        Map<String, String> named = new LinkedHashMap<>();
        if (attempt.get("values") != null) {
            ((Map<?, ?>) attempt.get("values")).forEach((slot, value) -> named.put((String) slot, (String) value));
        }
        values = named;
        flag = Boolean.TRUE.equals(attempt.get("flag"));
        method = entry.label.startsWith("POST") ? "POST" : "GET";
        Map<String, byte[]> files = files(attempt.get("files"));
        Disk.also(files);
        now = new Loader();
        PrintStream printed = new PrintStream(record.printed, true);
        System.setOut(printed);
        System.setErr(printed);
        System.setIn(new ByteArrayInputStream((base == null ? word : base).getBytes(StandardCharsets.UTF_8)));
        String[] error = {""};
        Thread thread = new Thread(() -> {
            try {
                call(entry);
            } catch (Throwable thrown) {
                Throwable cause = thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
                String told;
                try {
                    told = cause.getClass().getSimpleName() + ": " + cause.getMessage();
                } catch (Throwable e) {
                    told = "an exception that cannot be told";
                }
                error[0] = told.length() > 300 ? told.substring(0, 300) : told;
                if (!(thrown instanceof InvocationTargetException) && record.answer.status == 200) {
                    record.answer.status = 400; // it could not be called
                } else if (record.answer.status == 200) {
                    record.answer.status = 500;
                }
            }
        }, "attempt");
        thread.setDaemon(true);
        thread.setContextClassLoader(now);
        thread.start();
        long[] cpu = {0};
        boolean died = !ended(thread, cpu);
        record.answer.writer.flush();
        boolean logs = entry.label.matches(".*([Ll]og|Audit).*") && !entry.label.matches(".*[Ll]ogin.*");
        if (logs && record.answer.body.size() > 0) { // what it writes into whatever it is given, or gives back
            Watch.call("log", 0, Map.of("text", record.answer.body.toString(StandardCharsets.UTF_8)));
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("n", number);
        told.put("entry", entry.type + " " + entry.signature);
        synchronized (record) {
            told.put("slots", new LinkedHashMap<>(record.slots));
            told.put("events", new ArrayList<>(record.events));
            told.put("sql", new ArrayList<>(record.sql));
            told.put("calls", new ArrayList<>(record.calls));
        }
        told.put("status", record.answer.status);
        told.put("type", record.answer.type);
        told.put("headers", record.answer.headers);
        told.put("error", error[0]);
        told.put("died", died);
        told.put("cpu", cpu[0] / 1e9);
        told.put("flag", flag);
        Disk.tell(told);
        told.put("body", Json.encoded(shortened(record.answer.body.toByteArray())));
        told.put("printed", Json.encoded(shortened(record.printed.toByteArray())));
        return told;
    }

    private static byte[] shortened(byte[] data) {
        return data.length > 200_000 ? Arrays.copyOf(data, 200_000) : data;
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static boolean ended(Thread thread, long[] cpu) throws InterruptedException {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long began = System.currentTimeMillis();
        for (thread.join(1); thread.isAlive(); thread.join(20)) {
            cpu[0] = Math.max(cpu[0], clock.getThreadCpuTime(thread.getId()));
            if (cpu[0] > CPU || System.currentTimeMillis() - began > WALL) {
                try {
                    thread.stop();
                } catch (UnsupportedOperationException e) {
                    thread.interrupt(); // since Java 20 nothing else can be done
                }
                thread.join(200);
                return false;
            }
        }
        return true;
    }

    private static void call(Entry entry) throws Throwable {
        Class<?> type = Class.forName(entry.type, true, now);
        for (Method method : type.getDeclaredMethods()) {
            if (!method.toString().equals(entry.signature)) {
                continue;
            }
            controller = !Spring.route(type, method).isEmpty();
            method.setAccessible(true);
            Object self = null;
            if (!Modifier.isStatic(method.getModifiers())) {
                self = type.isEnum() ? type.getEnumConstants()[0] : Give.object(type, "owner", "owner", 0);
            }
            Object result = method.invoke(self, Give.arguments(method, "parameter"));
            if (self instanceof Formatter && result instanceof String) {
                Watch.log((String) result);
            }
            if (controller) {
                result = Spring.answered(result, type, method);
            }
            tell(result, 0);
        }
    }

    /** Adds what was given back to the answer. */
    private static void tell(Object result, int depth) throws Exception {
        java.io.ByteArrayOutputStream body = Watch.now.answer.body;
        if (result == null || depth > 3 || body.size() > 200_000) {
            return;
        } else if (result instanceof byte[]) {
            body.write((byte[]) result);
        } else if (result instanceof char[]) {
            tell(new String((char[]) result), depth);
        } else if (result instanceof InputStream) {
            body.write(((InputStream) result).readNBytes(100_000));
        } else if (result instanceof Reader) {
            char[] read = new char[100_000];
            int length = ((Reader) result).read(read);
            tell(length > 0 ? new String(read, 0, length) : "", depth);
        } else if (result instanceof Map) {
            for (Map.Entry<?, ?> each : ((Map<?, ?>) result).entrySet()) {
                tell(each.getKey(), depth + 1);
                tell(each.getValue(), depth + 1);
            }
        } else if (result instanceof Collection) {
            for (Object each : (Collection<?>) result) {
                tell(each, depth + 1);
                body.write('\n');
            }
        } else if (result instanceof Stream) {
            tell(((Stream<?>) result).limit(1000).collect(Collectors.toList()), depth);
        } else if (result.getClass().isArray()) {
            for (int index = 0; index < Math.min(1000, Array.getLength(result)); index++) {
                tell(Array.get(result, index), depth + 1);
                body.write('\n');
            }
        } else if (result instanceof java.util.Optional) {
            tell(((java.util.Optional<?>) result).orElse(null), depth);
        } else if (result instanceof java.util.concurrent.Future) {
            tell(((java.util.concurrent.Future<?>) result).get(), depth + 1);
        } else if (result instanceof com.sun.net.httpserver.HttpHandler) {
            ((com.sun.net.httpserver.HttpHandler) result).handle(new Web.Exchange());
        } else if (result instanceof java.util.function.Supplier) {
            tell(((java.util.function.Supplier<?>) result).get(), depth + 1);
        } else if (Spring.is(result.getClass()) && result.getClass().getSimpleName().endsWith("Resource")) {
            tell(result.getClass().getMethod("getInputStream").invoke(result), depth + 1);
        } else if (result.getClass().getClassLoader() instanceof Loader && !result.getClass().isEnum()) {
            fields(result, depth);
        } else {
            String text = result.toString();
            body.write((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void fields(Object result, int depth) throws Exception {
        for (Field field : result.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                field.setAccessible(true);
                tell(field.get(result), depth + 1);
                Watch.now.answer.body.write('\n');
            }
        }
    }

    // --- benign values ---

    /** A benign text for a slot: the attempt's own or, where it has none, what the slot's name asks for. */
    static String benign(String kind, String name) {
        boolean folder = name.toLowerCase().matches(".*(root|base|folder|directory|dir)|(root|base|folder|directory|dir).*");
        if (base != null && !kind.equals("owner") && !(folder && kind.matches("parameter|place"))) {
            return kind.equals("place") && flag ? APP + "/files" : kind.equals("place") && !base.contains("/") ? APP + "/files/" + base : base;
        }
        if (kind.equals("place") && flag) {
            return APP + "/files";
        }
        for (Object each : guesses) {
            List<?> guess = (List<?>) each;
            if ((kind + " " + name.toLowerCase()).matches((String) guess.get(0))) {
                return (String) guess.get(1);
            }
        }
        return word;
    }

    static String folder(String name) {
        return name.toLowerCase().matches(".*(file|log|path)") ? APP + "/files/" + word + ".txt" : APP + "/files";
    }

    /** The class of a number that a primitive or boxed type stands for, or null. */
    static Class<?> wrapped(Class<?> raw) {
        if (raw.isPrimitive() && raw != void.class) {
            return java.lang.invoke.MethodType.methodType(raw).wrap().returnType();
        }
        return Number.class.isAssignableFrom(raw) && raw.getName().matches("java\\.(lang|math)\\.\\w+") && raw != Number.class
            || raw == Character.class || raw == Boolean.class ? raw : null;
    }

    private static void logging() {
        LogManager.getLogManager().reset();
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        root.setLevel(Level.ALL);
        Formatter formatter = new SimpleFormatter();
        root.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (Watch.line() != 0) {
                    Watch.log(formatter.format(record).replaceFirst("\\A[^\\n]*\\n", ""));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

}
