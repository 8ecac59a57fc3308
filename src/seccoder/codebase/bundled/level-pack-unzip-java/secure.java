import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

public final class LevelPacks {
    private LevelPacks() {}

    public static List<Path> install(InputStream pack, Path folder) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        List<Path> written = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(pack)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                // Path.startsWith compares name by name, so that "forest2" does not begin with "forest".
                if (!file.startsWith(target)) {
                    throw new IOException("the pack has an entry outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
                    written.add(file);
                }
            }
        }
        return written;
    }
}
