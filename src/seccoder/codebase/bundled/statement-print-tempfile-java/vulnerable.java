import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

public final class StatementPrint {
    private StatementPrint() {}

    /** Writes a statement to a new temporary file, which the caller deletes. */
    public static Path prepare(String account, List<String> lines) throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "statement-" + account + ".txt");
        try {
            return Files.writeString(file, "Account " + account + "\n" + String.join("\n", lines) + "\n");
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
