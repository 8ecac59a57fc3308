package shop;
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.client.RestTemplate;
@RestController
public class Api {
    private final Path root = Path.of("/srv/invoices");
    @GetMapping("/invoices")
    public ResponseEntity<byte[]> invoice(@RequestParam("name") String name) throws IOException {
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root) || !Files.isRegularFile(file)) { return ResponseEntity.notFound().build(); }
        return ResponseEntity.ok(Files.readAllBytes(file));
    }
}
