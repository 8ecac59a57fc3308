package shop;
import java.io.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import jakarta.servlet.http.*;
public class Page extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String next = request.getParameter("next");
        if (next == null || !next.startsWith("/") || next.startsWith("//") || next.contains("\\") || next.contains("\t")) { next = "/home"; }
        response.sendRedirect(next);
    }
}
