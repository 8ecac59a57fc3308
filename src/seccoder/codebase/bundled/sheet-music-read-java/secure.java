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
            Path library = folder.toRealPath();
            Path file = library.resolve(score).toRealPath();
            // Without "..", and links followed: only now does a common beginning mean that the file lies inside.
            if (!file.startsWith(library)) {
                throw new NoSuchFileException(score);
            }
            return Files.readAllBytes(file);
        } catch (InvalidPathException e) {
            throw new NoSuchFileException(score);
        }
    }
}
