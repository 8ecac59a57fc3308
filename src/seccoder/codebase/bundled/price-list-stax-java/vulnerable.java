import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

public final class PriceList {
    private PriceList() {}

    /** Reads {@code <article number="4711"><price>9.90</price></article>} elements, however deep they are. */
    public static Map<String, BigDecimal> read(InputStream xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(xml);
        Map<String, BigDecimal> prices = new HashMap<>();
        String number = null;
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            if (reader.getLocalName().equals("article")) {
                number = reader.getAttributeValue(null, "number");
            } else if (reader.getLocalName().equals("price") && number != null) {
                prices.put(number, new BigDecimal(reader.getElementText().strip()));
            }
        }
        return prices;
    }
}
