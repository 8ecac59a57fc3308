import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

public final class ModArchive {
    private static final int MAX_BYTES = 2_000_000;

    private ModArchive() {}

    /** Returns the JSON texts of a mod by name; ZipException if they are too large or the file is damaged. */
    public static Map<String, String> texts(Path mod) throws IOException {
        Map<String, String> texts = new HashMap<>();
        long left = MAX_BYTES;
        try (ZipFile zip = new ZipFile(mod.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.getName().endsWith(".json")) {
                    continue;
                }
                left -= entry.getSize();
                if (left < 0) {
                    throw new ZipException("the mod is too large");
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    texts.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }
}
