import static java.lang.IO.println;

import jasyncio.greenlet.*;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

Greenlet reader = Greenlet.current();
Greenlet parser = Greenlet.of(this::parse);

void parse() throws Exception {
    var handler = new DefaultHandler() {
        @Override
        public void startElement(String uri, String local, String name, Attributes attributes) {
            reader.switchTo(name); // in the middle of the parser's calls
        }
    };
    var text = new StringReader("<menu><soup/><bread/></menu>");
    SAXParserFactory.newInstance().newSAXParser().parse(new InputSource(text), handler);
}

void main() {
    for (var name = parser.switchTo(); !parser.dead(); name = parser.switchTo()) {
        println("element " + name);
    }
}
