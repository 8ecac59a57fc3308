import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class GuestController {
    public record Guest(String name, String breed, LocalDate leaves, String phone, String card, String notes) {}

    private final Supplier<List<Guest>> staying;

    public GuestController(Supplier<List<Guest>> staying) {
        this.staying = staying;
    }

    @GetMapping("/guests")
    public List<Guest> guests() {
        return staying.get().stream().toList();
    }
}
