package seccoder;

import java.io.File;
import java.lang.reflect.Array;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** Records what an attempt does: which sensitive operation, on which line, with which arguments. */
public final class Watch {
    private static final int MOST = 400; // events of one attempt
    private static final Map<String, String> KINDS = new LinkedHashMap<>();
    static volatile Record now = new Record();

    static {
        put("file", "java/io/", "FileInputStream FileOutputStream FileReader FileWriter RandomAccessFile", "<init>");
        put("file", "java/io/", "PrintWriter PrintStream", "<init>");
        put("file", "java/util/", "Scanner Formatter", "<init>");
        put("file", "java/util/zip/", "ZipFile", "<init>");
        put("file", "java/util/jar/", "JarFile", "<init>");
        put("file", "java/io/", "File", "mkdir mkdirs createNewFile renameTo listFiles list setReadable "
            + "setWritable setExecutable createTempFile");
        put("file", "java/nio/file/", "Files", "newInputStream newOutputStream newBufferedReader newBufferedWriter readAllBytes "
            + "readString readAllLines lines write writeString copy move createFile createDirectory "
            + "createDirectories newByteChannel list walk walkFileTree createSymbolicLink createLink setPosixFilePermissions "
            + "newDirectoryStream createTempFile createTempDirectory");
        put("file", "java/nio/channels/", "FileChannel AsynchronousFileChannel", "open");
        put("removal", "java/io/", "File", "delete deleteOnExit");
        put("removal", "java/nio/file/", "Files", "delete deleteIfExists");
        put("program", "java/lang/", "Runtime", "exec");
        put("program", "java/lang/", "ProcessBuilder", "start");
        put("request", "java/net/", "URL", "openStream openConnection getContent");
        put("request", "java/net/", "Socket", "<init> connect");
        put("request", "java/net/", "InetSocketAddress", "<init> createUnresolved");
        put("request", "java/net/http/", "HttpClient", "send sendAsync");
        put("request", "javax/imageio/", "ImageIO", "read");
        put("document", "javax/xml/parsers/", "DocumentBuilder SAXParser", "parse");
        put("document", "org/xml/sax/", "XMLReader", "parse");
        put("document", "javax/xml/stream/", "XMLInputFactory", "createXMLStreamReader createXMLEventReader createFilteredReader");
        put("document", "javax/xml/transform/", "Transformer", "transform");
        put("document", "javax/xml/transform/", "TransformerFactory", "newTransformer newTemplates");
        put("document", "javax/xml/validation/", "SchemaFactory", "newSchema");
        put("document", "javax/xml/validation/", "Validator", "validate");
        put("object", "java/io/", "ObjectInputStream", "readObject readUnshared");
        put("object", "java/beans/", "XMLDecoder", "readObject");
        put("digest", "java/security/", "MessageDigest", "digest update");
        put("cipher", "javax/crypto/", "Cipher", "doFinal update wrap");
        put("stretch", "javax/crypto/spec/", "PBEKeySpec", "<init>");
        put("random", "java/util/", "Random SplittableRandom", "<init> nextInt nextLong nextBytes nextDouble nextFloat "
            + "nextBoolean nextGaussian ints longs doubles");
        put("random", "java/util/concurrent/", "ThreadLocalRandom", "nextInt nextLong nextBytes nextDouble nextFloat nextBoolean ints");
        put("random", "java/lang/", "Math", "random");
        put("random", "org/apache/commons/lang3/", "RandomStringUtils RandomUtils", "*");
        put("random", "java/security/", "SecureRandom", "nextInt nextLong nextBytes nextDouble nextBoolean generateSeed ints "
            + "nextFloat nextGaussian longs");
        put("random", "java/util/", "UUID", "randomUUID");
        put("random", "java/util/", "Collections", "shuffle");
        put("random", "javax/crypto/", "KeyGenerator", "generateKey");
        put("path expression", "javax/xml/xpath/", "XPath XPathExpression", "evaluate compile evaluateExpression");
        put("filter", "javax/naming/directory/", "DirContext InitialDirContext", "search");
        put("filter", "javax/naming/ldap/", "LdapContext InitialLdapContext", "search");
        put("expression", "java/util/regex/", "Pattern", "matcher matches split");
        put("expression", "java/lang/", "String", "matches replaceAll replaceFirst split");
        put("statement", "java/sql/", "Connection", "prepareStatement prepareCall nativeSQL");
        put("statement", "java/sql/", "Statement", "execute executeQuery executeUpdate executeLargeUpdate addBatch");
        put("log", "java/util/logging/", "Logger", "log logp info warning severe fine finer finest config");
        put("log", "java/lang/", "System$Logger", "log");
        put("log", "org/slf4j/", "Logger", "info warn error debug trace");
        put("log", "org/apache/logging/log4j/", "Logger", "info warn error debug trace fatal log");
        put("log", "org/apache/commons/logging/", "Log", "info warn error debug trace fatal");
        for (String home : new String[] {"javax/servlet/http/", "jakarta/servlet/http/"}) {
            put("redirect", home, "HttpServletResponse HttpServletResponseWrapper", "sendRedirect");
            put("header", home, "HttpServletResponse HttpServletResponseWrapper", "setHeader addHeader");
            put("cookie", home, "HttpServletResponse HttpServletResponseWrapper", "addCookie");
        }
    }

    private Watch() {}

    private static void put(String kind, String home, String owners, String names) {
        for (String owner : owners.split(" ")) {
            for (String name : names.split(" ")) {
                KINDS.put(home + owner + "." + name, kind);
            }
        }
    }

    /** Names the kind of a call, or null if it is of none. */
    static String kind(String owner, String name, String type) {
        String found = KINDS.getOrDefault(owner + "." + name, KINDS.get(owner + ".*"));
        boolean ofFile = !owner.matches("java/(io/Print(Writer|Stream)|util/(Scanner|Formatter))")
            || type.startsWith("(Ljava/io/File;") || type.startsWith("(Ljava/nio/file/Path;")
            || type.startsWith("(Ljava/lang/String;") && !owner.endsWith("Scanner");
        boolean ofAddress = !owner.endsWith("ImageIO") || type.startsWith("(Ljava/net/URL;");
        return ofFile && ofAddress ? found : null;
    }

    /** What one attempt did. */
    static final class Record {
        final List<Object> events = new ArrayList<>();
        final List<Object> sql = new ArrayList<>();
        final List<Object> calls = new ArrayList<>();
        final Map<String, String> slots = new LinkedHashMap<>();
        final java.io.ByteArrayOutputStream printed = new java.io.ByteArrayOutputStream();
        final Web.Answer answer = new Web.Answer();
    }

    /** Called by the code's own classes before a sensitive call. */
    public static void before(String kind, String name, int line, Object[] given) {
        Record record = now;
        List<Object> told = new ArrayList<>();
        for (Object each : given) {
            told.add(text(each, 0));
            if (kind.matches("file|removal") && (each instanceof String || each instanceof File || each instanceof Path)
                && there(text(each, 0))) {
                told.add("\u0001there");
            }
        }
        synchronized (record) {
            if (record.events.size() < MOST) {
                record.events.add(List.of(kind, name, line, told));
            }
        }
        Object first = given.length > 0 ? given[0] : null;
        if (kind.equals("request")) {
            reached(name, line, given);
        } else if (first instanceof Cipher) {
            Cipher cipher = (Cipher) first;
            byte[] start = cipher.getIV();
            call("cipher", line, Map.of("algorithm", cipher.getAlgorithm(), "iv", start == null ? "" : Json.encoded(start)));
        }
    }

    /** Connections without a protocol that is a stand-in's: where they go is told here. */
    private static void reached(String name, int line, Object[] given) {
        for (int index = 0; index < given.length; index++) {
            Object each = given[index];
            boolean port = index + 1 < given.length && given[index + 1] instanceof Integer;
            String host = each instanceof java.net.InetAddress ? Instead.name((java.net.InetAddress) each)
                : each instanceof java.net.InetSocketAddress ? ((java.net.InetSocketAddress) each).getHostString()
                : each instanceof String && port && name.contains("Socket") ? (String) each : null;
            if (host != null) {
                String address = each instanceof java.net.InetAddress ? ((java.net.InetAddress) each).getHostAddress()
                    : Instead.resolve(host);
                call("request", line, Map.of("client", "socket", "method", "", "url", host, "host", host, "address", address,
                    "redirected", false));
            }
        }
    }

    static void call(String kind, int line, Map<String, Object> what) {
        Record record = now;
        synchronized (record) {
            if (record.calls.size() < MOST) {
                record.calls.add(java.util.Arrays.asList(kind, what, line == 0 ? null : line));
            }
        }
    }

    /** Called by the stand-ins for loggers, with the text as it would be written. */
    public static void log(String text) {
        call("log", line(), Map.of("text", text));
    }

    static void statement(String text, List<String> given) {
        Record record = now;
        synchronized (record) {
            if (record.sql.size() < MOST) {
                record.sql.add(java.util.Arrays.asList(text, new ArrayList<>(given), Box.dialect, true, line()));
            }
        }
    }

    /** The line of the code under test from which this was called; 0 if none is on the stack. */
    static int line() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).walk(frames -> frames
            .filter(frame -> frame.getDeclaringClass().getClassLoader() instanceof Box.Loader)
            .map(StackWalker.StackFrame::getLineNumber).findFirst().orElse(0));
    }

    private static boolean there(String path) {
        try {
            return new File(path).exists();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** An argument as text. Objects of classes that nobody knows are named only: their own code is not run here. */
    static String text(Object value, int depth) {
        String told;
        if (value == null) {
            return "";
        } else if (value instanceof byte[]) {
            told = new String((byte[]) value, StandardCharsets.UTF_8);
        } else if (value instanceof char[]) {
            told = new String((char[]) value);
        } else if (value instanceof ByteBuffer) {
            told = StandardCharsets.UTF_8.decode(((ByteBuffer) value).duplicate()).toString();
        } else if (value instanceof ProcessBuilder) {
            told = Json.write(((ProcessBuilder) value).command());
        } else if (value instanceof HttpRequest) {
            told = ((HttpRequest) value).uri().toString();
        } else if (value instanceof MessageDigest) {
            told = ((MessageDigest) value).getAlgorithm();
        } else if (value instanceof Cipher) {
            told = ((Cipher) value).getAlgorithm();
        } else if (value instanceof Mac) {
            told = ((Mac) value).getAlgorithm();
        } else if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean || value instanceof Path
            || value instanceof File || value instanceof java.net.URI || value instanceof java.net.URL
            || value instanceof java.net.InetSocketAddress || value instanceof java.net.InetAddress || value instanceof Character || value instanceof Enum) {
            told = value.toString();
        } else if (value instanceof java.util.regex.Matcher) {
            told = value.toString();
        } else if (value instanceof Told) {
            told = value.toString();
        } else if (depth < 2 && (value instanceof Collection || value.getClass().isArray())) {
            List<String> parts = new ArrayList<>();
            if (value instanceof Collection) {
                for (Object each : (Collection<?>) value) {
                    parts.add(text(each, depth + 1));
                }
            } else {
                for (int index = 0; index < Array.getLength(value) && index < 50; index++) {
                    parts.add(text(Array.get(value, index), depth + 1));
                }
            }
            told = Json.write(parts);
        } else {
            told = value.getClass().getName();
        }
        return told.length() > 4000 ? told.substring(0, 4000) : told;
    }
}
