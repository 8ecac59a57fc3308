import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

public final class Avatars {
    private Avatars() {}

    public static Path store(Path folder, String name, String contentType, InputStream upload) throws IOException {
        if (!contentType.equals("image/png") && !contentType.equals("image/jpeg")) {
            throw new IOException("PNG and JPEG only");
        }
        String ending = name.substring(name.lastIndexOf('.') + 1);
        Path file = folder.resolve(UUID.randomUUID() + "." + ending);
        Files.copy(upload, file);
        return file;
    }
}
