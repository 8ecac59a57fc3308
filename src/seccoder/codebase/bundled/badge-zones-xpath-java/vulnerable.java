import java.util.ArrayList;
import java.util.List;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

public final class Badges {
    private Badges() {}

    public static List<String> zones(Document badges, String number, String pin) throws XPathExpressionException {
        XPath xpath = XPathFactory.newInstance().newXPath();
        String expression = "/badges/badge[@number = '" + number + "' and @pin = '" + pin + "']/zone";
        NodeList found = (NodeList) xpath.evaluate(expression, badges, XPathConstants.NODESET);
        List<String> zones = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            zones.add(found.item(i).getTextContent());
        }
        return zones;
    }
}
