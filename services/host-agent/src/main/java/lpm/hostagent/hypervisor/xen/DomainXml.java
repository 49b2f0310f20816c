package lpm.hostagent.hypervisor.xen;

import java.io.StringWriter;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.Nic;

/** Writes libvirt's domain XML. What users chose never becomes a name or a path in it. */
final class DomainXml {
    static final String NAMESPACE = "urn:lpm:domain:1";
    private static final String PREFIX = "lpm";
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newFactory();

    private final XenSettings settings;

    DomainXml(XenSettings settings) {
        this.settings = settings;
    }

    /** A whole domain. */
    String domain(DomainTag tag, BootSpec spec, DevicePaths paths) {
        return xml(out -> {
            out.writeStartElement("domain");
            out.writeAttribute("type", settings.driver());
            text(out, "name", DomainTag.name(tag.linode()));
            text(out, "uuid", uuid(tag).toString());
            out.writeStartElement("metadata");
            tag(out, tag);
            out.writeEndElement();
            out.writeStartElement("memory");
            out.writeAttribute("unit", "MiB");
            out.writeCharacters(Long.toString(spec.resources().memoryMib()));
            out.writeEndElement();
            text(out, "vcpu", Integer.toString(spec.resources().vcpus()));
            os(out, spec);
            text(out, "on_poweroff", "destroy");
            text(out, "on_reboot", "restart");
            text(out, "on_crash", "destroy");
            out.writeStartElement("devices");
            for (BlockDevice device : spec.devices()) {
                disk(out, device, paths.of(device));
            }
            for (Nic nic : spec.nics()) {
                nic(out, nic);
            }
            console(out);
            out.writeEndElement();
            out.writeEndElement();
        });
    }

    /** One disk alone, to plug in or out. */
    static String disk(BlockDevice device, String path) {
        return xml(out -> disk(out, device, path));
    }

    /** The metadata element alone, in libvirt's form. */
    static String metadata(DomainTag tag) {
        return xml(out -> tag(out, tag));
    }

    /** The same Linode's domain has the same UUID everywhere. */
    static UUID uuid(DomainTag tag) {
        return new UUID(0x6c706d0000004000L, 0x8000000000000000L | tag.linode().value());
    }

    private void os(XMLStreamWriter out, BootSpec spec) throws XMLStreamException {
        String folder = settings.kernels() + "/" + spec.kernel().replace('/', '-');
        out.writeStartElement("os");
        out.writeStartElement("type");
        out.writeAttribute("arch", "x86_64");
        out.writeAttribute("machine", settings.pvh() ? "xenpvh" : "xenpv");
        out.writeCharacters(settings.pvh() ? "xenpvh" : "linux");
        out.writeEndElement();
        text(out, "kernel", folder + "/kernel");
        if (!Kernels.loadsItself(spec.kernel())) {
            text(out, "initrd", folder + "/initrd");
            text(out, "cmdline", Kernels.commandLine(spec));
        }
        out.writeEndElement();
    }

    private static void tag(XMLStreamWriter out, DomainTag tag) throws XMLStreamException {
        out.setPrefix(PREFIX, NAMESPACE);
        out.writeStartElement(NAMESPACE, "linode");
        out.writeNamespace(PREFIX, NAMESPACE);
        out.writeAttribute("id", tag.linode().toString());
        out.writeAttribute("owner-epoch", Long.toString(tag.ownerEpoch()));
        out.writeAttribute("generation", Long.toString(tag.generation()));
        if (tag.startedBy().isPresent()) {
            out.writeAttribute("started-by", tag.startedBy().get());
        }
        if (tag.migration().isPresent()) {
            out.writeAttribute("migration", tag.migration().get().toString());
        }
        out.writeEndElement();
    }

    /** Both ends of a migration have the disk open, so it is declared shareable; who may write is the lock's matter. */
    private static void disk(XMLStreamWriter out, BlockDevice device, String path) throws XMLStreamException {
        out.writeStartElement("disk");
        out.writeAttribute("type", "block");
        out.writeAttribute("device", "disk");
        out.writeEmptyElement("driver");
        out.writeAttribute("name", "phy");
        out.writeAttribute("type", "raw");
        out.writeEmptyElement("source");
        out.writeAttribute("dev", path);
        out.writeEmptyElement("target");
        out.writeAttribute("dev", "xv" + device.slot().substring(1));
        out.writeAttribute("bus", "xen");
        out.writeEmptyElement("shareable");
        text(out, "serial", DiskSerial.of(device));
        out.writeEndElement();
    }

    private void nic(XMLStreamWriter out, Nic nic) throws XMLStreamException {
        out.writeStartElement("interface");
        out.writeAttribute("type", "bridge");
        out.writeEmptyElement("mac");
        out.writeAttribute("address", nic.mac());
        out.writeEmptyElement("source");
        out.writeAttribute("bridge", settings.bridge());
        out.writeEndElement();
    }

    private static void console(XMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement("console");
        out.writeAttribute("type", "pty");
        out.writeEmptyElement("target");
        out.writeAttribute("type", "xen");
        out.writeAttribute("port", "0");
        out.writeEndElement();
    }

    private static void text(XMLStreamWriter out, String name, String value) throws XMLStreamException {
        out.writeStartElement(name);
        out.writeCharacters(value);
        out.writeEndElement();
    }

    private interface Body {
        void write(XMLStreamWriter out) throws XMLStreamException;
    }

    private static String xml(Body body) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = WRITERS.createXMLStreamWriter(text);
            body.write(out);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("domain XML cannot be written", e);
        }
        return text.toString();
    }
}
