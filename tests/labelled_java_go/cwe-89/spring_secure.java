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
    @Autowired private JdbcTemplate db;
    @GetMapping("/orders/{id}")
    public List<Map<String, Object>> orders(@PathVariable String id, @RequestParam(defaultValue = "open") String state) {
        return db.queryForList("SELECT * FROM orders WHERE customer = ? AND state = ?", id, state);
    }
}
