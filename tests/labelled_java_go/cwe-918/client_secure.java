package shop;
import java.io.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import jakarta.servlet.http.*;
public class Page extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            java.net.URI target = java.net.URI.create("https://avatars.example.com/" + java.net.URLEncoder.encode(request.getParameter("user"), "UTF-8"));
            java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
            response.getWriter().println(client.send(java.net.http.HttpRequest.newBuilder(target).build(), java.net.http.HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException e) { throw new IOException(e); }
    }
}
