import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

public final class StatementPrint {
    private StatementPrint() {}

    /** Writes a statement to a new temporary file, which the caller deletes. */
    public static Path prepare(String account, List<String> lines) throws IOException {
        // Random name, created exclusively and with mode 600: nobody can wait for it, and no link is followed.
        Path file = Files.createTempFile("statement-", ".txt");
        try {
            return Files.writeString(file, "Account " + account + "\n" + String.join("\n", lines) + "\n");
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
