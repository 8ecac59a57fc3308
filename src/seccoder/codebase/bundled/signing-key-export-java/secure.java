import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

public final class KeyExport {
    private KeyExport() {}

    /** Writes the key to a new file; FileAlreadyExistsException if there is one. */
    public static void write(Path file, String pem) throws IOException {
        ByteBuffer content = StandardCharsets.US_ASCII.encode(pem);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // Given at creation: there is no moment at which the file has the permissions of an ordinary one.
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, ownerOnly)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
    }
}
