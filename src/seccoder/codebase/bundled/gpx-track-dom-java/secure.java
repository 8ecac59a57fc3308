import java.io.IOException;
import java.io.InputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

public record Track(String name, int points) {
    public static Track read(InputStream gpx) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        // GPX needs no DTD; without one there are no entities that could fetch files and addresses or explode.
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder().parse(gpx);
        NodeList names = document.getElementsByTagNameNS("*", "name");
        String name = names.getLength() == 0 ? "unnamed" : names.item(0).getTextContent().strip();
        return new Track(name, document.getElementsByTagNameNS("*", "trkpt").getLength());
    }
}
