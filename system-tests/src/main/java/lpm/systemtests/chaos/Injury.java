package lpm.systemtests.chaos;

import java.time.Duration;
import java.util.List;
import lpm.contracts.HostId;
import lpm.local.Child;
import lpm.local.LocalCloud;

/** One component broken, and made whole again; what a fault means for which component is decided here. */
final class Injury {
    private final Playground ground;
    private final Cell cell;
    private final String source;
    private final String target;

    Injury(Playground ground, Cell cell, String source, String target) {
        this.ground = ground;
        this.cell = cell;
        this.source = source;
        this.target = target;
    }

    /** Breaks it; comes back when it is broken. */
    void strike() {
        if (cell.component().isHost()) {
            strikeHost(new HostId(host()));
            return;
        }
        switch (cell.fault()) {
            case kill -> child().crash();
            case stop -> child().freeze();
            case cut -> ground.wiring().cut(child().name());
        }
    }

    private void strikeHost(HostId host) {
        switch (cell.fault()) {
            case kill -> ground.control().powerOff(host);
            case stop -> ground.control().cutPool(host);
            case cut -> {
                others(host).forEach(each -> ground.control().cutLink(host, each));
                ground.control().cutPool(host);
                ground.wiring().cut(agent(host.value()).name());
            }
        }
    }

    /** Makes it whole. A supervisor starts what was killed; a host without power waits for {@link #end}. */
    void relieve() {
        if (cell.component().isHost()) {
            relieveHost(new HostId(host()));
            return;
        }
        switch (cell.fault()) {
            case kill -> {
                // its supervisor starts it again
            }
            case stop -> child().thaw();
            case cut -> ground.wiring().heal(child().name());
        }
    }

    private void relieveHost(HostId host) {
        if (cell.fault() == Cell.Fault.kill) {
            return;
        }
        others(host).forEach(each -> ground.control().healLink(host, each));
        ground.control().healPool(host);
        ground.wiring().heal(agent(host.value()).name());
    }

    /** Gives a host its power back, once the migration is over. */
    void end() {
        if (cell.component().isHost() && cell.fault() == Cell.Fault.kill) {
            ground.control().powerOn(new HostId(host()));
        }
    }

    /** Whether the guest loses its power by it. */
    boolean stopsTheGuest() {
        return cell.component() == Cell.Component.sourceHost && cell.fault() == Cell.Fault.kill;
    }

    /** How long it stays broken by our doing. */
    Duration lasts(Duration fault) {
        return cell.fault() == Cell.Fault.kill ? Duration.ZERO : fault;
    }

    /** Whether the links between the hosts are a part of what is broken. */
    boolean breaksLinks() {
        return cell.component().isHost() && cell.fault() == Cell.Fault.cut;
    }

    /** Whether this process is to stand still as long as the fault lasts. */
    boolean keepsStill(Child process) {
        return cell.fault() == Cell.Fault.stop && !cell.component().isHost() && process == child();
    }

    private List<HostId> others(HostId host) {
        return ground.cloud().hostIds().stream()
                .map(HostId::new)
                .filter(each -> !each.equals(host))
                .toList();
    }

    private String host() {
        return cell.component() == Cell.Component.sourceHost ? source : target;
    }

    private Child agent(String host) {
        return ground.cloud().agent(host);
    }

    private Child child() {
        LocalCloud cloud = ground.cloud();
        return switch (cell.component()) {
            case sourceAgent -> agent(source);
            case targetAgent -> agent(target);
            case kafka -> cloud.broker().process();
            case postgresql -> cloud.postgreSql().process();
            case account, scheduler, migration, storage ->
                cloud.service(cell.component().name());
            case sourceHost, targetHost -> throw new IllegalStateException("a host is no process");
        };
    }
}
