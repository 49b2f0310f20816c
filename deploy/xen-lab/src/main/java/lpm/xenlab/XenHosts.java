package lpm.xenlab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lpm.local.Child;
import lpm.local.Hosts;

/** The lab's hosts as those of a cloud: they run already, and small types and an image can be ordered on them. */
final class XenHosts implements Hosts {
    private final XenLab lab;
    private final Path catalogue;

    XenHosts(XenLab lab, Place place) {
        this.lab = lab;
        this.catalogue = place.home().resolve("deploy/xen-lab/catalogue");
    }

    @Override
    public List<String> ids() {
        return lab.hosts().stream().map(XenHost::name).toList();
    }

    @Override
    public List<Child.Spec> machines() {
        return List.of();
    }

    @Override
    public Map<String, String> agentSettings(String host) {
        return lab.hosts().stream()
                .filter(each -> each.name().equals(host))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + ids() + ", found " + host))
                .agentEnvironment();
    }

    @Override
    public Map<String, String> serviceSettings(String service) {
        return Map.of("LPM_CATALOGUE", catalogue.toString());
    }
}
