import java.security.Principal;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class BranchController {
    private final Map<String, Integer> loans;
    private final Function<String, Set<String>> rolesOf;

    public BranchController(Map<String, Integer> loans, Function<String, Set<String>> rolesOf) {
        this.loans = loans;
        this.rolesOf = rolesOf;
    }

    @DeleteMapping("/branches/{id}")
    public int close(@PathVariable String id, Principal principal) {
        Integer ended = loans.remove(id);
        if (ended == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return ended;
    }
}
