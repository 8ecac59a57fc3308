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

    private static String ending(MultipartFile file) {
        String type = file.getContentType();
        if (!"image/png".equals(type) && !"image/jpeg".equals(type)) {
            throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        String name = file.getOriginalFilename();
        return name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    }

    @PostMapping("/recipes/{id}/picture")
    public String upload(@PathVariable long id, @RequestParam("file") MultipartFile file) throws IOException {
        if (file.getSize() > 5_000_000) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        byte[] data = file.getBytes();
        String name = id + "-" + UUID.randomUUID() + ending(file);
        Files.write(pictures.resolve(name), data, StandardOpenOption.CREATE_NEW);
        return name;
    }
}
