package seccoder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of an attempt: laid out once, compared afterwards, and only what was changed is put back. */
final class Disk {
    private static final Map<String, byte[]> LAID = new LinkedHashMap<>();
    private static Map<String, Long> before = new TreeMap<>();

    private Disk() {}

    /** Lays the plan's files out. */
    static void lay(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            LAID.put(file.getKey(), file.getValue());
            try {
                put(file.getKey(), file.getValue());
            } catch (IOException | IllegalArgumentException e) {
                continue; // a name that is none, or a folder's
            }
        }
        before = seen();
    }

    private static void put(String path, byte[] data) throws IOException {
        Path place = Path.of(path);
        if (place.getParent() != null) {
            Files.createDirectories(place.getParent());
        }
        Files.write(place, data);
    }

    /** Lays files out for one attempt only. */
    static void also(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            put(file.getKey(), file.getValue());
        }
        if (!files.isEmpty()) {
            before = seen();
        }
    }

    static void write(String path, String text) throws IOException {
        Path place = Path.of(path);
        Files.write(place.isAbsolute() ? place : Path.of(Box.APP).resolve(place), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file that a text names may stand for what is in it, where a stream is wanted. */
    static byte[] content(String text) {
        byte[] found = LAID.get(text);
        return found != null ? found : text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Long> seen() throws IOException {
        Map<String, Long> found = new TreeMap<>();
        for (String folder : Box.watch) {
            Path root = Path.of(folder);
            if (!Files.exists(root)) {
                continue;
            }
            Object here = Files.getAttribute(root, "unix:dev");
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    // What the box shows of the machine, such as an interpreter, may lie below a watched folder.
                    boolean shown = !here.equals(Files.getAttribute(path, "unix:dev"));
                    return shown || path.getFileName() != null && path.getFileName().toString().startsWith("hsperfdata")
                        ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    found.put(path.toString(), attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS) * 31
                        + attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException error) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return found;
    }

    /** Tells what was changed and removed, and puts the files back. */
    static void tell(Map<String, Object> report) throws IOException {
        Map<String, Long> after = seen();
        Map<String, Object> changed = new LinkedHashMap<>();
        Map<String, Object> modes = new LinkedHashMap<>();
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, Long> file : after.entrySet()) {
            if (!file.getValue().equals(before.get(file.getKey()))) {
                Path path = Path.of(file.getKey());
                boolean plain = Files.isRegularFile(path) && Files.size(path) < 200_000 && Files.isReadable(path);
                changed.put(file.getKey(), Json.encoded(plain ? Files.readAllBytes(path) : new byte[0]));
                modes.put(file.getKey(), mode(path));
                back(file.getKey());
            }
        }
        for (String path : before.keySet()) {
            if (!after.containsKey(path)) {
                removed.add(path);
                back(path);
            }
        }
        report.put("changed", changed);
        report.put("removed", removed);
        report.put("modes", modes);
        if (!changed.isEmpty() || !removed.isEmpty()) {
            before = seen();
        }
    }

    private static void back(String path) throws IOException {
        byte[] data = LAID.get(path);
        Files.deleteIfExists(Path.of(path));
        if (data != null) {
            put(path, data);
        }
    }

    private static int mode(Path path) {
        int found = 0;
        try {
            for (PosixFilePermission each : Files.getPosixFilePermissions(path)) {
                found |= 1 << (8 - each.ordinal());
            }
        } catch (IOException e) {
            return 0;
        }
        return found;
    }
}
