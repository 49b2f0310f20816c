package lpm.systemtests.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lpm.local.Child;
import lpm.local.Hosts;
import lpm.local.SimulatedHosts;

/** Simulated hosts over whose links one GiB takes some three seconds: long enough to break something meanwhile. */
record SlowLinks(Hosts hosts) implements Hosts {
    private static final String MIB_PER_SECOND = "350";

    static SlowLinks in(Place place) {
        return new SlowLinks(SimulatedHosts.in(place));
    }

    @Override
    public List<String> ids() {
        return hosts.ids();
    }

    @Override
    public List<Child.Spec> machines() {
        return hosts.machines().stream().map(SlowLinks::slow).toList();
    }

    private static Child.Spec slow(Child.Spec spec) {
        Map<String, String> settings = new TreeMap<>(spec.environment());
        settings.put("LPM_LINK_MIB_PER_SECOND", MIB_PER_SECOND);
        return new Child.Spec(spec.name(), spec.command(), settings, spec.ready(), spec.stopSignal(), spec.stopLimit());
    }

    @Override
    public Map<String, String> agentSettings(String host) {
        return hosts.agentSettings(host);
    }
}
