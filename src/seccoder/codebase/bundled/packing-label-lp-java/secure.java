import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

public final class LabelPrinter {
    private LabelPrinter() {}

    public static void print(Path label, String printer, String title) throws IOException, InterruptedException {
        // No shell reads this: each element arrives at lp as one argument, whatever characters it has.
        List<String> command = List.of("lp", "-d", printer, "-t", title, "--", label.toString());
        Process process = new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("lp ended with exit code " + code);
        }
    }
}
