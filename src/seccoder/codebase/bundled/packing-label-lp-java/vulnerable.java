import java.io.IOException;
import java.nio.file.Path;

public final class LabelPrinter {
    private LabelPrinter() {}

    public static void print(Path label, String printer, String title) throws IOException, InterruptedException {
        String command = String.format("lp -d \"%s\" -t \"%s\" -- \"%s\"", printer, title, label);
        Process process = new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("lp ended with exit code " + code);
        }
    }
}
