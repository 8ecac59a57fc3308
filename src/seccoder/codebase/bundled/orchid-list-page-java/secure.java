import java.util.List;
import java.util.function.BiFunction;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class OrchidController {
    private static final int MAX_SIZE = 100;
    private final BiFunction<Long, Integer, List<String>> load;

    public OrchidController(BiFunction<Long, Integer, List<String>> load) {
        this.load = load;
    }

    @GetMapping("/orchids")
    public List<String> page(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        // The client may choose, but not how much memory and database time a request takes.
        if (page < 0 || size < 1 || size > MAX_SIZE) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return load.apply((long) page * size, size);
    }
}
