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
    @GetMapping("/a") public int a(@RequestParam String x) { return db.update("DELETE FROM t WHERE x = ?", x); }
    @GetMapping("/b") public int b(@RequestParam int y) { return db.update("DELETE FROM t WHERE y = " + y); }
}
