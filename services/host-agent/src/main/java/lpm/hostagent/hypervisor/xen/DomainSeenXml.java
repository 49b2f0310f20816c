package lpm.hostagent.hypervisor.xen;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads what libvirt shows of a domain. */
final class DomainSeenXml {
    private static final long KIB_PER_MIB = 1024;

    private final Document xml;

    private DomainSeenXml(Document xml) {
        this.xml = xml;
    }

    static DomainSeenXml read(String text) {
        try {
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
            parsers.setNamespaceAware(true);
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new DomainSeenXml(parsers.newDocumentBuilder().parse(new InputSource(new StringReader(text))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("libvirt's domain XML cannot be read: " + text, e);
        }
    }

    /** Our metadata; empty where the domain has none. */
    Optional<DomainTag> tag() {
        NodeList tags = xml.getElementsByTagNameNS(DomainXml.NAMESPACE, "linode");
        if (tags.getLength() == 0) {
            return Optional.empty();
        }
        Element tag = (Element) tags.item(0);
        return Optional.of(new DomainTag(
                LinodeId.of(Long.parseLong(tag.getAttribute("id"))),
                Long.parseLong(tag.getAttribute("owner-epoch")),
                Long.parseLong(tag.getAttribute("generation")),
                attribute(tag, "started-by"),
                attribute(tag, "migration").map(id -> MigrationId.of(Long.parseLong(id)))));
    }

    List<BlockDevice> devices() {
        List<BlockDevice> found = new ArrayList<>();
        NodeList disks = xml.getElementsByTagName("disk");
        for (int i = 0; i < disks.getLength(); i++) {
            Element disk = (Element) disks.item(i);
            String target = ((Element) disk.getElementsByTagName("target").item(0)).getAttribute("dev");
            String serial = text(disk, "serial");
            DiskSerial.parse(target.replaceFirst("^xv", "s"), serial).ifPresent(found::add);
        }
        return found;
    }

    long memoryMib() {
        return Long.parseLong(text(xml.getDocumentElement(), "memory").strip()) / KIB_PER_MIB;
    }

    /** The same domain with another tag: what a migration's target shall be. */
    String with(DomainTag tag) {
        Document copy = (Document) xml.cloneNode(true);
        Element old = (Element)
                copy.getElementsByTagNameNS(DomainXml.NAMESPACE, "linode").item(0);
        Document other = read(DomainXml.metadata(tag)).xml;
        old.getParentNode().replaceChild(copy.importNode(other.getDocumentElement(), true), old);
        return print(copy);
    }

    private static String print(Document document) {
        StringWriter text = new StringWriter();
        try {
            Transformer printer = TransformerFactory.newInstance().newTransformer();
            printer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            printer.transform(new DOMSource(document), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IllegalStateException("domain XML cannot be written", e);
        }
        return text.toString();
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static Optional<String> attribute(Element element, String name) {
        return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
    }
}
