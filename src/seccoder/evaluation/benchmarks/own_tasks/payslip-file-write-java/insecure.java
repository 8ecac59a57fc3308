import java.io.File;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Payslips {
    /** Writes a payslip to a new temporary file and returns the file. */
    public static File write(String text) throws IOException {
        File file = File.createTempFile("payslip", ".txt");
        try (FileWriter writer = new FileWriter(file)) {
            writer.write(text);
        }
        return file;
    }
}
