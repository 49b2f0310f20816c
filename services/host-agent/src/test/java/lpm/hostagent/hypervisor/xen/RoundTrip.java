package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.xml.sax.InputSource;

/** Compares what was written with what libvirt made of it. */
final class RoundTrip {
    private static final List<String> KEPT = List.of(
            "/domain/@type",
            "/domain/name",
            "/domain/uuid",
            "/domain/vcpu",
            "/domain/os/type",
            "/domain/os/type/@machine",
            "/domain/os/kernel",
            "/domain/os/initrd",
            "/domain/os/cmdline",
            "/domain/on_poweroff",
            "/domain/on_reboot",
            "/domain/on_crash",
            "count(/domain/devices/disk)",
            "/domain/devices/disk[1]/source/@dev",
            "/domain/devices/disk[1]/driver/@name",
            "count(/domain/devices/disk/shareable)",
            "/domain/devices/disk[last()]/target/@dev",
            "/domain/devices/interface/mac/@address",
            "/domain/devices/interface/source/@bridge",
            "/domain/devices/console/target/@type");

    private RoundTrip() {}

    static void same(String written, String seen) {
        for (String what : KEPT) {
            assertThat(at(what, seen)).as(what).isEqualTo(at(what, written));
        }
        DomainSeenXml before = DomainSeenXml.read(written);
        DomainSeenXml after = DomainSeenXml.read(seen);
        assertThat(after.tag()).isPresent().isEqualTo(before.tag());
        assertThat(after.devices()).isNotEmpty().isEqualTo(before.devices());
    }

    private static String at(String path, String xml) {
        try {
            return XPathFactory.newInstance().newXPath().evaluate(path, new InputSource(new StringReader(xml)));
        } catch (XPathExpressionException e) {
            throw new IllegalStateException(e);
        }
    }
}
