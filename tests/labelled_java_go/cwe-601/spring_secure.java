package shop;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.*;
import java.util.*;
@Controller
public class Login {
    private static final Map<String, String> PLACES = Map.of("cart", "/cart", "account", "/account");
    @PostMapping("/login")
    public String login(@RequestParam String next) {
        return "redirect:" + PLACES.getOrDefault(next, "/");
    }
}
