package shop;
import java.io.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import jakarta.servlet.http.*;
public class Page extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String host = request.getParameter("host");
        Process ping = new ProcessBuilder("ping", "-c", "1", "--", host).start();
        ping.getInputStream().transferTo(response.getOutputStream());
    }
}
