package shop;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.*;
@Controller
public class Login {
    @PostMapping("/login")
    public String login(@RequestParam String next) {
        return "redirect:" + next;
    }
}
