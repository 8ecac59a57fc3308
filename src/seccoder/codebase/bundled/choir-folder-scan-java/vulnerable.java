import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

public final class SongBook {
    private SongBook() {}

    public static SortedMap<String, Integer> verses(Path folder) throws IOException {
        SortedMap<String, Integer> found = new TreeMap<>();
        Stream<Path> files = Files.list(folder);
        for (Path file : (Iterable<Path>) files::iterator) {
            String name = file.getFileName().toString();
            if (name.endsWith(".txt") && Files.isRegularFile(file))
                found.put(name.substring(0, name.length() - 4), count(file));
        }
        return found;
    }

    private static int count(Path file) throws IOException {
        try {
            Stream<String> lines = Files.lines(file);
            int verses = 0;
            boolean inside = false;
            for (String line : (Iterable<String>) lines::iterator) {
                verses += !inside && !line.isBlank() ? 1 : 0;
                inside = !line.isBlank();
            }
            return verses;
        } catch (UncheckedIOException notText) {
            return 0;
        }
    }
}
