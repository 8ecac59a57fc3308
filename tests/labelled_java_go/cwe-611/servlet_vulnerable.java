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
            javax.xml.parsers.DocumentBuilderFactory factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
            org.w3c.dom.Document document = factory.newDocumentBuilder().parse(request.getInputStream());
            response.getWriter().println(document.getElementsByTagName("title").item(0).getTextContent());
        } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) { response.sendError(400); }
    }
}
