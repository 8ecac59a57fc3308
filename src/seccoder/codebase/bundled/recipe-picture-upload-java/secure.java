import java.io.IOException;
import java.nio.file.*;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class PictureController {
    private final Path pictures;

    public PictureController(Path pictures) {
        this.pictures = pictures;
    }

    private static String ending(byte[] data) {
        // The bytes say what it is; name and content type are only what the sender wrote.
        if (data.length > 8 && (data[0] & 0xff) == 0x89 && data[1] == 'P' && data[2] == 'N' && data[3] == 'G') {
            return ".png";
        }
        if (data.length > 3 && (data[0] & 0xff) == 0xff && (data[1] & 0xff) == 0xd8 && (data[2] & 0xff) == 0xff) {
            return ".jpg";
        }
        throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }

    @PostMapping("/recipes/{id}/picture")
    public String upload(@PathVariable long id, @RequestParam("file") MultipartFile file) throws IOException {
        if (file.getSize() > 5_000_000) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        byte[] data = file.getBytes();
        String name = id + "-" + UUID.randomUUID() + ending(data);
        Files.write(pictures.resolve(name), data, StandardOpenOption.CREATE_NEW);
        return name;
    }
}
