import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

public final class Avatars {
    private static final int MAX_SIDE = 2000;

    private Avatars() {}

    public static Path store(Path folder, String name, String contentType, InputStream upload) throws IOException {
        if (!contentType.equals("image/png") && !contentType.equals("image/jpeg")) {
            throw new IOException("PNG and JPEG only");
        }
        Path file = folder.resolve(UUID.randomUUID() + ".png");
        // Only the pixels survive: no file name, no ending and no byte of the upload reaches the web folder.
        ImageIO.write(decode(upload), "png", file.toFile());
        return file;
    }

    private static BufferedImage decode(InputStream upload) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(upload)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            ImageReader reader = readers.hasNext() ? readers.next() : null;
            if (reader != null) {
                reader.setInput(stream);
            }
            if (reader == null || reader.getWidth(0) > MAX_SIDE || reader.getHeight(0) > MAX_SIDE) {
                throw new IOException("no picture, or too large");
            }
            return reader.read(0);
        }
    }
}
