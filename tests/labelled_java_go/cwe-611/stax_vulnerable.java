import java.io.*;
import javax.xml.stream.*;
public class Titles {
    public static String first(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("title")) { return reader.getElementText(); }
        }
        return "";
    }
}
