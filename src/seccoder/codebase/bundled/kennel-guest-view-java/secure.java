import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class GuestController {
    public record Guest(String name, String breed, LocalDate leaves, String phone, String card, String notes) {}

    /** What visitors may know: whatever Guest gets besides stays inside. */
    public record GuestView(String name, String breed, LocalDate leaves) {}

    private final Supplier<List<Guest>> staying;

    public GuestController(Supplier<List<Guest>> staying) {
        this.staying = staying;
    }

    @GetMapping("/guests")
    public List<GuestView> guests() {
        return staying.get().stream().map(each -> new GuestView(each.name(), each.breed(), each.leaves())).toList();
    }
}
