import java.security.Principal;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class InvoiceController {
    public record Invoice(int number, String owner, long cents) {}

    private final Map<Integer, Invoice> invoices;
    private final Set<String> office;

    public InvoiceController(Map<Integer, Invoice> invoices, Set<String> office) {
        this.invoices = invoices;
        this.office = office;
    }

    @GetMapping("/invoices/{number}")
    public Invoice invoice(@PathVariable int number, Principal principal) {
        Invoice invoice = invoices.get(number);
        String login = principal.getName();
        // The number is the browser's choice, so whose invoice it is decides; 404 tells no stranger that it exists.
        if (invoice == null || !(invoice.owner().equals(login) || office.contains(login))) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return invoice;
    }
}
