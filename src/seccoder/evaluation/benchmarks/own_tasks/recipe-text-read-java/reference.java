import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Recipes {
    private final Path folder;

    public Recipes(Path folder) {
        this.folder = folder;
    }

    /** Returns the text of a recipe, which is the file NAME.txt in the folder. */
    public String read(String name) throws IOException {
        Path file = folder.resolve(name + ".txt").normalize();
        if (!folder.normalize().equals(file.getParent())) throw new IOException("no such recipe");
        return Files.readString(file);
    }
}
