import java.nio.file.Path;

public class Songs {
    /** Returns where in the folder to write an upload of this name; IllegalArgumentException if there is none. */
    public static Path place(Path folder, String fileName) {
        Path place = folder.resolve(fileName).normalize();
        if (!folder.normalize().equals(place.getParent())) throw new IllegalArgumentException(fileName);
        return place;
    }
}
