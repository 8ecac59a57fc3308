package shop;
import java.io.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import jakarta.servlet.http.*;
public class Page extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        File file = new File("/srv/photos", request.getParameter("photo").replace("../", ""));
        try (InputStream in = new FileInputStream(file)) { in.transferTo(response.getOutputStream()); }
    }
}
