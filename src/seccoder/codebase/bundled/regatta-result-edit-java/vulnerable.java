import java.security.Principal;
import java.util.*;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class ResultController {
    public static final class Regatta {
        public final Set<String> committee = new HashSet<>();
        public boolean open = true;
        public List<String> results = List.of();
    }

    private final Map<String, Regatta> regattas;
    private final Set<String> umpires;

    public ResultController(Map<String, Regatta> regattas, Set<String> umpires) {
        this.regattas = regattas;
        this.umpires = umpires;
    }

    @PutMapping("/regattas/{id}/results")
    public void replace(@PathVariable String id, @RequestBody List<String> results, Principal principal) {
        Regatta regatta = regattas.get(id);
        if (regatta == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        boolean committee = regattas.values().stream().anyMatch(each -> each.committee.contains(principal.getName()));
        if (!committee && !umpires.contains(principal.getName())) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        regatta.results = List.copyOf(results);
    }
}
