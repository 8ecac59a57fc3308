package shop;
import java.io.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import jakarta.servlet.http.*;
public class Page extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Connection db = DriverManager.getConnection("jdbc:postgresql://db/shop"); Statement find = db.createStatement()) {
            String kind = request.getParameter("kind");
            ResultSet rows = find.executeQuery(String.format("SELECT name FROM goods WHERE kind = '%s'", kind));
            while (rows.next()) { response.getWriter().println(rows.getString(1)); }
        } catch (SQLException e) { throw new IOException(e); }
    }
}
