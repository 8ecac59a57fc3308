import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class LogSearch {
    private LogSearch() {}

    public static int count(Path log, String text) throws IOException, InterruptedException {
        Process grep = new ProcessBuilder("sh", "-c", "grep -c -F \"" + text + "\" '" + log + "'")
            .redirectErrorStream(true).start();
        grep.getOutputStream().close();
        String said = new String(grep.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (grep.waitFor() > 1) {
            throw new IOException("grep failed: " + said);
        }
        return Integer.parseInt(said);
    }
}
