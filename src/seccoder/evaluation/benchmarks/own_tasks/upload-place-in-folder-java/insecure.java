import java.nio.file.Path;

public class Songs {
    /** Returns where in the folder to write an upload of this name; IllegalArgumentException if there is none. */
    public static Path place(Path folder, String fileName) {
        if (fileName == null || fileName.isEmpty()) {
            throw new IllegalArgumentException("no name");
        }
        return folder.resolve(fileName);
    }
}
