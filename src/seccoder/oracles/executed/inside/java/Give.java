package seccoder;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/** Makes arguments. Whatever holds a text is a slot: an attempt says what stands in it, and hears which slots there were. */
final class Give {
    private static final Map<Class<?>, Supplier<Object>> CONSTANTS = new LinkedHashMap<>();

    static {
        CONSTANTS.put(Random.class, SecureRandom::new);
        CONSTANTS.put(SecureRandom.class, SecureRandom::new);
        CONSTANTS.put(Clock.class, Clock::systemUTC);
        CONSTANTS.put(Duration.class, () -> Duration.ofSeconds(7));
        CONSTANTS.put(Instant.class, () -> Instant.ofEpochSecond(1_700_000_000));
        CONSTANTS.put(LocalDate.class, () -> LocalDate.of(2024, 5, 7));
        CONSTANTS.put(LocalDateTime.class, () -> LocalDateTime.of(2024, 5, 7, 8, 9));
        CONSTANTS.put(Locale.class, () -> Locale.ENGLISH);
        CONSTANTS.put(UUID.class, () -> new UUID(7, 7));
        CONSTANTS.put(java.util.Date.class, () -> new java.util.Date(0));
        CONSTANTS.put(java.nio.charset.Charset.class, () -> StandardCharsets.UTF_8);
        CONSTANTS.put(javax.crypto.SecretKey.class, () -> new SecretKeySpec("0123456789abcdef".getBytes(), "AES"));
        CONSTANTS.put(java.security.Key.class, () -> new SecretKeySpec("0123456789abcdef".getBytes(), "AES"));
        CONSTANTS.put(SecretKeySpec.class, () -> new SecretKeySpec("0123456789abcdef".getBytes(), "AES"));
        CONSTANTS.put(java.util.logging.Logger.class, () -> java.util.logging.Logger.getLogger("subject"));
        CONSTANTS.put(java.net.http.HttpClient.class, java.net.http.HttpClient::newHttpClient);
        CONSTANTS.put(Class.class, () -> String.class);
        CONSTANTS.put(Thread.class, Thread::currentThread);
        CONSTANTS.put(java.util.Scanner.class, () -> new java.util.Scanner(text("body", "scanner")));
        CONSTANTS.put(boolean.class, () -> Box.flag);
        CONSTANTS.put(Boolean.class, () -> Box.flag);
    }

    private Give() {}

    /** Refuses to make an argument: a text that is none of its type cannot arrive. */
    static final class Refused extends RuntimeException {
        Refused(String why) {
            super(why);
        }
    }

    // --- texts ---

    /** The text of a slot. The first who asks decides about a slot that the attempt does not name. */
    static String text(String kind, String name) {
        Map<String, String> slots = Watch.now.slots;
        String slot = kind + " " + name;
        String value;
        synchronized (slots) {
            value = slots.get(slot);
            if (value == null) {
                value = Box.values.get(slot);
                value = value == null ? Box.benign(kind, name) : value;
                slots.put(slot, value);
            }
        }
        if (value.startsWith(Serial.SIGN)) {
            byte[] data = Serial.bytes(value);
            return (value.endsWith("url") ? java.util.Base64.getUrlEncoder().withoutPadding() : java.util.Base64.getEncoder())
                .encodeToString(data);
        }
        if (kind.equals("path") && value.contains("/") && Box.controller) {
            throw new Refused("404: a part of a path holds no slash");
        }
        return value;
    }

    static byte[] bytes(String kind, String name) {
        String value = Box.values.get(kind + " " + name);
        value = value == null ? Box.benign(kind, name) : value;
        if (value.startsWith(Serial.SIGN)) {
            Watch.now.slots.put(kind + " " + name, value);
            return Serial.bytes(value);
        }
        if (Box.flag && Box.values.get(kind + " " + name) == null && !value.startsWith("<")) {
            value = Box.inside; // what is uploaded under a name that is another slot
            Watch.now.slots.put(kind + " " + name, value);
            return value.getBytes(StandardCharsets.UTF_8);
        }
        return Disk.content(text(kind, name));
    }

    private static double number(String kind, String name) {
        String slot = kind + " " + name;
        String value = Box.values.getOrDefault(slot, Box.flag ? "1000" : "7");
        Watch.now.slots.put(slot, value);
        try {
            return Double.parseDouble(value.trim());
        } catch (NumberFormatException e) {
            throw new Refused("400: no number");
        }
    }

    /** A map that makes a slot of each key that is asked for. */
    static Map<String, Object> asked(String kind, Class<?> of) {
        return new Asked(kind, of);
    }

    private static final class Asked extends LinkedHashMap<String, Object> {
        private final String kind;
        private final Class<?> of;

        Asked(String kind, Class<?> of) {
            this.kind = kind;
            this.of = of;
            for (String key : Box.keys) {
                put(key, get(key));
            }
            if (isEmpty()) {
                put(text(kind, "key"), of == String[].class ? new String[] {text(kind, "value")} : text(kind, "value"));
            }
        }

        @Override
        public Object get(Object key) {
            Object found = super.get(key);
            String told = found != null ? null : text(kind, String.valueOf(key));
            return found != null ? found : of == String[].class ? new String[] {told} : (Object) told;
        }

        @Override
        public Object getOrDefault(Object key, Object otherwise) {
            return get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return true;
        }
    }

    // --- arguments ---

    /** The arguments of a call of a method or constructor. */
    static Object[] arguments(Executable called, String kind) throws Exception {
        Parameter[] parameters = called.getParameters();
        Type[] types = called.getGenericParameterTypes();
        Object[] made = new Object[parameters.length];
        for (int index = 0; index < made.length; index++) {
            Parameter parameter = parameters[index];
            Type type = types.length == made.length ? types[index] : parameter.getType();
            String[] asked = Spring.slot(parameter, kind);
            made[index] = make(type, parameter.getType(), asked[0], asked[1], 0);
        }
        return made;
    }

    static Object make(Type type, Class<?> raw, String kind, String name, int depth) throws Exception {
        Class<?> of = part(type, 0);
        if (depth > 4) {
            return constant(raw);
        } else if (raw == String.class || raw == CharSequence.class || raw == Object.class || raw == Comparable.class) {
            return text(kind, name);
        } else if (raw == char[].class) {
            return text(kind, name).toCharArray();
        } else if (raw == byte[].class) {
            return bytes(kind, name);
        } else if (raw == InputStream.class || raw == ByteArrayInputStream.class) {
            return new ByteArrayInputStream(bytes(kind, name));
        } else if (raw == java.io.BufferedInputStream.class) {
            return new java.io.BufferedInputStream(new ByteArrayInputStream(bytes(kind, name)));
        } else if (raw == Reader.class || raw == StringReader.class) {
            return new StringReader(new String(bytes(kind, name), StandardCharsets.UTF_8));
        } else if (raw == java.io.BufferedReader.class) {
            return new java.io.BufferedReader(new StringReader(new String(bytes(kind, name), StandardCharsets.UTF_8)));
        } else if (raw == Path.class || raw == File.class) {
            String told = kind.equals("owner") ? Box.folder(name) : text(kind.equals("parameter") ? "place" : kind, name);
            try {
                return raw == File.class ? new File(told) : (Object) Path.of(told);
            } catch (java.nio.file.InvalidPathException e) {
                throw new Refused("no path");
            }
        } else if (raw == URI.class || raw == URL.class) {
            try {
                URI made = new URI(text(kind, name));
                return raw == URI.class ? made : made.toURL();
            } catch (java.net.URISyntaxException | java.net.MalformedURLException | IllegalArgumentException e) {
                throw new Refused("no address");
            }
        } else if (raw == InetAddress.class) {
            return Instead.byName(text(kind, name));
        } else if (raw == Optional.class) {
            return Optional.ofNullable(make(of, of, kind, name, depth + 1));
        } else if (raw.isEnum()) {
            Object[] constants = raw.getEnumConstants();
            return Arrays.stream(constants).filter(each -> ((Enum<?>) each).name().equalsIgnoreCase(Box.base)).findFirst()
                .orElse(constants.length > 0 ? constants[0] : null);
        } else if (raw.isArray()) {
            int length = depth == 0 && name.equals("args") ? 3 : 1;
            Object array = Array.newInstance(raw.getComponentType(), length);
            for (int index = 0; index < length; index++) {
                String told = length == 1 ? name : name + index;
                Array.set(array, index, make(raw.getComponentType(), raw.getComponentType(), kind, told, depth + 1));
            }
            return array;
        } else if (Map.class.isAssignableFrom(raw) && (raw.isInterface() || raw.getName().startsWith("java.util."))
            && raw != Properties.class) {
            Class<?> value = part(type, 1);
            if (part(type, 0) == String.class && raw.isAssignableFrom(LinkedHashMap.class)
                && (value == String.class || value == Object.class || value == String[].class)) {
                return asked(kind.equals("parameter") ? "item" : kind, value);
            }
            Map<Object, Object> found = raw.isInterface() ? (raw == Map.class ? new LinkedHashMap<>() : new java.util.concurrent.ConcurrentSkipListMap<>())
                : cast(raw.getConstructor().newInstance());
            found.put(make(part(type, 0), part(type, 0), kind, name + ".key", depth + 1),
                make(inner(type, 1), value, kind, name + ".value", depth + 1));
            return found;
        } else if (raw.isAssignableFrom(ArrayList.class) && Iterable.class.isAssignableFrom(raw) || raw.isAssignableFrom(ArrayList.class)
            && Collection.class.isAssignableFrom(raw)) {
            return new ArrayList<>(Arrays.asList(make(inner(type, 0), of, kind, name, depth + 1)));
        } else if (Collection.class.isAssignableFrom(raw)) {
            Collection<Object> found = raw.isAssignableFrom(LinkedHashSet.class) ? new LinkedHashSet<>()
                : raw.isAssignableFrom(ArrayDeque.class) ? new ArrayDeque<>() : raw.isAssignableFrom(java.util.TreeSet.class)
                ? new java.util.TreeSet<>() : cast(raw.getConstructor().newInstance());
            found.add(make(inner(type, 0), of, kind, name, depth + 1));
            return found;
        } else if (raw == Stream.class) {
            return Stream.of(make(inner(type, 0), of, kind, name, depth + 1));
        } else if (Box.wrapped(raw) != null && raw != boolean.class && raw != Boolean.class) {
            return numeric(raw, kind, name);
        } else if (raw == StringBuilder.class || raw == Appendable.class) {
            return raw == Appendable.class ? Watch.now.answer.writer : new StringBuilder();
        } else if (raw == Writer.class || raw == java.io.PrintWriter.class) {
            return Watch.now.answer.writer;
        } else if (raw == OutputStream.class || raw == java.io.ByteArrayOutputStream.class) {
            return Watch.now.answer.body;
        } else if (raw == PrintStream.class) {
            return new PrintStream(Watch.now.answer.body, true);
        } else if (raw == LogRecord.class) {
            return new LogRecord(Level.INFO, text(kind, name));
        } else if (raw == com.sun.net.httpserver.HttpExchange.class) {
            return new Web.Exchange();
        } else if (CONSTANTS.containsKey(raw)) {
            return CONSTANTS.get(raw).get();
        } else if (raw.getName().matches("java\\.sql\\..*|javax\\.sql\\..*") && raw.isInterface()) {
            return Jdbc.of(raw, null);
        } else if (raw.getName().startsWith("org.w3c.dom.")) {
            return document(raw, text(kind, name));
        } else if (raw == org.xml.sax.InputSource.class) {
            return new org.xml.sax.InputSource(new ByteArrayInputStream(bytes(kind, name)));
        } else if (raw == javax.xml.transform.Source.class || raw == javax.xml.transform.stream.StreamSource.class) {
            return new javax.xml.transform.stream.StreamSource(new ByteArrayInputStream(bytes(kind, name)));
        } else if (raw.isInterface()) {
            return stand(raw, kind, name);
        } else if (Modifier.isAbstract(raw.getModifiers())) {
            return constant(raw);
        }
        return object(raw, kind, name, depth);
    }

    private static Object document(Class<?> raw, String text) throws Exception {
        String told = text.startsWith("<") && !text.contains("<!") ? text : "<r><item>" + Box.word + "</item></r>";
        org.w3c.dom.Document made = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(told.getBytes(StandardCharsets.UTF_8)));
        return raw.isInstance(made) ? made : raw.isInstance(made.getDocumentElement()) ? made.getDocumentElement() : null;
    }

    private static Object numeric(Class<?> raw, String kind, String name) {
        double value = number(kind.equals("owner") ? "owner number" : "number", name);
        String type = Box.wrapped(raw).getSimpleName();
        switch (type) {
            case "Integer": return (int) value;
            case "Long": return (long) value;
            case "Short": return (short) value;
            case "Byte": return (byte) value;
            case "Float": return (float) value;
            case "Double": return value;
            case "Character": return 'a';
            case "BigDecimal": return java.math.BigDecimal.valueOf(value);
            default: return java.math.BigInteger.valueOf((long) value);
        }
    }

    /** An object of a class that can be made: by its constructor, and then by its setters and open fields. */
    static Object object(Class<?> raw, String kind, String name, int depth) throws Exception {
        boolean own = raw.getClassLoader() instanceof Box.Loader || raw.getName().matches(Box.STAND_INS);
        if (!own && depth > 0 && raw.getName().startsWith("java")) {
            return constant(raw);
        }
        Constructor<?>[] constructors = raw.getDeclaredConstructors();
        Arrays.sort(constructors, (a, b) -> rank(a) - rank(b));
        Exception failed = null;
        for (Constructor<?> constructor : constructors) {
            try {
                constructor.setAccessible(true);
                Parameter[] parameters = constructor.getParameters();
                Type[] types = constructor.getGenericParameterTypes();
                Object[] given = new Object[parameters.length];
                for (int index = 0; index < given.length; index++) {
                    Type type = types.length == given.length ? types[index] : parameters[index].getType();
                    given[index] = make(type, parameters[index].getType(), kind, parameters[index].getName(), depth + 1);
                }
                Object made = constructor.newInstance(given);
                fill(made, kind, depth);
                return made;
            } catch (java.lang.reflect.InvocationTargetException e) {
                failed = e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
            } catch (Refused e) {
                throw e;
            } catch (Exception e) {
                failed = e;
            }
        }
        throw failed == null ? new Refused("no constructor of " + raw.getName()) : failed;
    }

    private static int rank(Constructor<?> constructor) {
        boolean open = !Modifier.isPrivate(constructor.getModifiers());
        return (open ? 0 : 100) + (constructor.getParameterCount() == 0 ? 50 : constructor.getParameterCount());
    }

    private static void fill(Object made, String kind, int depth) throws Exception {
        if (!(made.getClass().getClassLoader() instanceof Box.Loader)) {
            return;
        }
        for (Field field : made.getClass().getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers)) {
                continue;
            }
            field.setAccessible(true);
            boolean injected = Arrays.stream(field.getAnnotations()).anyMatch(each ->
                each.annotationType().getSimpleName().matches("Autowired|Inject|Resource|Value|PersistenceContext"));
            boolean set = Arrays.stream(made.getClass().getMethods()).anyMatch(method ->
                method.getName().equalsIgnoreCase("set" + field.getName()) && method.getParameterCount() == 1);
            if (field.get(made) == null && (injected || set || Modifier.isPublic(modifiers)) || injected && field.getType().isPrimitive()) {
                field.set(made, make(field.getGenericType(), field.getType(), kind, field.getName(), depth + 1));
            }
        }
    }

    /** An object that answers whatever an interface asks. */
    static Object stand(Class<?> raw, String kind, String name) {
        InvocationHandler handler = (self, method, given) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("hashCode") ? System.identityHashCode(self)
                    : method.getName().equals("equals") ? self == given[0] : (Object) ("a stand-in for " + raw.getSimpleName());
            } else if (raw.getSimpleName().matches("(Http)?ServletRequest|Part|HttpSession|ServletContext|MultipartFile")) {
                return Spring.is(raw) ? Spring.upload(method, given) : Web.request(method, given);
            } else if (raw.getSimpleName().matches("(Http)?ServletResponse")) {
                return Web.response(method, given);
            } else if (raw.getName().startsWith("javax.naming.") && method.getName().equals("search")) {
                String filter = Watch.text(given[1], 0);
                Object[] filled = given.length > 2 && given[2] instanceof Object[] ? (Object[]) given[2] : new Object[0];
                for (int index = 0; index < filled.length; index++) { // as JNDI fills them in
                    filter = filter.replace("{" + index + "}", escaped(String.valueOf(filled[index])));
                }
                Watch.call("call", Watch.line(), Map.of("name", "ldap.search", "given", List.of(Watch.text(given[0], 0), filter)));
                Watch.before("filter", "search", Watch.line(), new Object[] {filter});
                return made(method, given);
            } else if (raw.getSimpleName().matches("Model|RedirectAttributes|ModelMap")) {
                return method.getReturnType().isInstance(self) ? self : constant(method.getReturnType());
            } else if (method.isDefault()) {
                return InvocationHandler.invokeDefault(self, method, given);
            }
            return made(method, given);
        };
        return Proxy.newProxyInstance(raw.getClassLoader() == null ? Give.class.getClassLoader() : raw.getClassLoader(),
            raw.getName().startsWith("java") ? new Class<?>[] {raw} : new Class<?>[] {raw, Told.class}, handler);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\5c").replace("*", "\\2a").replace("(", "\\28").replace(")", "\\29").replace("\0", "\\00");
    }

    /** What a stand-in's method returns. */
    static Object made(Method method, Object[] given) throws Exception {
        Class<?> raw = method.getReturnType();
        boolean host = given != null && given.length == 1 && given[0] instanceof String;
        if (raw == InetAddress[].class && host) {
            return Instead.allByName((String) given[0]);
        } else if (raw == InetAddress.class && host) {
            return Instead.byName((String) given[0]);
        } else if (raw == void.class) {
            return null;
        } else if (raw == boolean.class) {
            return method.getName().matches("has(More|Next)\\w*|next") ? false : (Object) true;
        } else if (raw == String.class) {
            return "placeholder";
        } else if (raw == Object.class) {
            return given != null && given.length > 0 && given[0] instanceof String ? given[0] : "placeholder";
        } else if (raw.isInterface() && !raw.getName().startsWith("java.util") || raw.getName().startsWith("java.sql")) {
            return raw.getName().startsWith("java.sql") ? Jdbc.of(raw, null) : stand(raw, "made", method.getName());
        } else if (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw) || raw == Optional.class) {
            return raw == Optional.class ? Optional.empty() : raw == Map.class ? new LinkedHashMap<>()
                : raw.isAssignableFrom(ArrayList.class) ? new ArrayList<>() : raw.isAssignableFrom(LinkedHashSet.class)
                ? new LinkedHashSet<>() : null;
        }
        return constant(raw);
    }

    /** A value of a type that no input is in. */
    static Object constant(Class<?> raw) {
        if (raw == void.class || raw == Void.class) {
            return null;
        } else if (raw == String.class || raw == CharSequence.class) {
            return "placeholder";
        } else if (CONSTANTS.containsKey(raw)) {
            return CONSTANTS.get(raw).get();
        } else if (raw.isEnum()) {
            return raw.getEnumConstants().length > 0 ? raw.getEnumConstants()[0] : null;
        } else if (Box.wrapped(raw) == null) {
            return null;
        }
        switch (Box.wrapped(raw).getSimpleName()) {
            case "Integer": return 7;
            case "Long": return 7L;
            case "Short": return (short) 7;
            case "Byte": return (byte) 7;
            case "Float": return 7f;
            case "Double": return 7d;
            case "Character": return 'a';
            case "BigDecimal": return java.math.BigDecimal.valueOf(7);
            default: return java.math.BigInteger.valueOf(7);
        }
    }

    private static Class<?> part(Type type, int index) {
        Type found = inner(type, index);
        return found instanceof Class ? (Class<?>) found
            : found instanceof ParameterizedType ? (Class<?>) ((ParameterizedType) found).getRawType() : String.class;
    }

    private static Type inner(Type type, int index) {
        if (type instanceof ParameterizedType) {
            Type[] found = ((ParameterizedType) type).getActualTypeArguments();
            Type one = found[Math.min(index, found.length - 1)];
            return one instanceof java.lang.reflect.WildcardType ? ((java.lang.reflect.WildcardType) one).getUpperBounds()[0] : one;
        }
        return String.class;
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    static boolean annotated(AnnotatedElement element, String names) {
        return Arrays.stream(element.getAnnotations()).map(Annotation::annotationType).anyMatch(each -> each.getSimpleName().matches(names));
    }
}
