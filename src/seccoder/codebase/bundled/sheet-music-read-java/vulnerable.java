import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

public final class ScoreLibrary {
    private final Path folder;

    public ScoreLibrary(Path folder) {
        this.folder = folder;
    }

    /** Returns the content of a score such as "baroque/gloria.pdf"; NoSuchFileException if the library has none. */
    public byte[] read(String score) throws IOException {
        try {
            Path file = folder.resolve(score);
            if (!file.startsWith(folder)) {
                throw new NoSuchFileException(score);
            }
            return Files.readAllBytes(file);
        } catch (InvalidPathException e) {
            throw new NoSuchFileException(score);
        }
    }
}
