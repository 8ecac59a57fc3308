import java.io.StringReader;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

public class Orders {
    /** Returns the text of the title element of an order. */
    public static String title(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document order = factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        return order.getElementsByTagName("title").item(0).getTextContent();
    }
}
