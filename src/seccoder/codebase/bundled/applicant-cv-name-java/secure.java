import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

public final class ApplicantFiles {
    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._()-]{0,99}");

    private ApplicantFiles() {}

    /** Saves a CV; FileAlreadyExistsException if the posting has one of that name already. */
    public static Path save(Path posting, String submittedName, InputStream cv) throws IOException {
        int start = Math.max(submittedName.lastIndexOf('/'), submittedName.lastIndexOf('\\')) + 1;
        String name = submittedName.substring(start);
        // Says what a name looks like instead of removing what looks bad: no separator, no leading dot, not too long.
        if (!PLAIN_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("this is no name for a file");
        }
        Path file = posting.resolve(name);
        Files.copy(cv, file);
        return file;
    }
}
