import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        Map<String, String> values = Map.of("number", number, "pin", pin);
        // $number and $pin are looked up while the expression runs; they are never parsed as a part of it.
        xpath.setXPathVariableResolver(name -> values.get(name.getLocalPart()));
        String expression = "/badges/badge[@number = $number and @pin = $pin]/zone";
        NodeList found = (NodeList) xpath.evaluate(expression, badges, XPathConstants.NODESET);
        List<String> zones = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            zones.add(found.item(i).getTextContent());
        }
        return zones;
    }
}
