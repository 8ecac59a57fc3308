package shop;
import java.io.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import jakarta.servlet.http.*;
public class Page extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        File base = new File("/srv/photos");
        File file = new File(base, request.getParameter("photo"));
        if (!file.getCanonicalPath().startsWith(base.getCanonicalPath() + File.separator)) { response.sendError(403); return; }
        try (InputStream in = new FileInputStream(file)) { in.transferTo(response.getOutputStream()); }
    }
}
