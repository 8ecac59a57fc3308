import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

public final class ApplicantFiles {
    private ApplicantFiles() {}

    /** Saves a CV; FileAlreadyExistsException if the posting has one of that name already. */
    public static Path save(Path posting, String submittedName, InputStream cv) throws IOException {
        String name = submittedName.replace("../", "").replace("..\\", "");
        if (name.isBlank()) {
            throw new IllegalArgumentException("this is no name for a file");
        }
        Path file = posting.resolve(name);
        Files.copy(cv, file);
        return file;
    }
}
