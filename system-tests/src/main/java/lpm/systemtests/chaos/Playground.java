package lpm.systemtests.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import lpm.cli.ApiFailure;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.simulated.XenClient;
import lpm.hostagent.simulated.XenControl;
import lpm.local.Child;
import lpm.local.LocalCloud;
import lpm.local.Options;
import lpm.local.Progress;
import lpm.local.Waiting;
import lpm.systemtests.cloud.Tenant;
import lpm.systemtests.cloud.Witness;

/** A cloud of real processes with a proxy in every wire, one tenant, and the hypervisor's witness. */
public final class Playground implements AutoCloseable {
    /** How long anything may take to come right again; the machine may be slow. */
    static final Duration LIMIT = Duration.ofMinutes(6);

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Wiring wiring = new Wiring();
    private final LocalCloud cloud;
    private final Progress progress;
    private final Tenant tenant;
    private final XenControl control;
    private final MigrationWatch watch;

    private Playground(Path data, int brokers, Progress progress) {
        this.progress = progress;
        this.cloud = LocalCloud.start(Options.here(data, progress).withBrokers(brokers), SlowLinks::in, wiring);
        this.tenant = Tenant.open(cloud);
        this.control = new XenClient(cloud.dataDir().of("sockets").resolve("control.sock")).control();
        this.watch = new MigrationWatch(cloud.broker().bootstrap());
    }

    /** Starts everything. */
    public static Playground start(Path data, Progress progress) {
        return start(data, 1, progress);
    }

    /** The same with more than one broker. */
    static Playground start(Path data, int brokers, Progress progress) {
        return new Playground(data, brokers, progress);
    }

    LocalCloud cloud() {
        return cloud;
    }

    Wiring wiring() {
        return wiring;
    }

    Progress progress() {
        return progress;
    }

    Tenant tenant() {
        return tenant;
    }

    XenControl control() {
        return control;
    }

    MigrationWatch watch() {
        return watch;
    }

    Witness witness() {
        return Witness.of(cloud);
    }

    /** Everything but the simulated hypervisors, which are the hardware here. */
    List<Child> processes() {
        List<Child> all = new ArrayList<>();
        all.add(cloud.postgreSql().process());
        cloud.brokers().forEach(each -> all.add(each.process()));
        LocalCloud.SERVICES.forEach(service -> all.add(cloud.service(service)));
        cloud.hostIds().forEach(host -> all.add(cloud.agent(host)));
        return all;
    }

    /** A new Linode that runs. */
    long running() {
        long linode = tenant.create("chaos-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
        await("Linode " + linode, () -> tenant.status(linode), "running");
        return linode;
    }

    void awaitAllReady() {
        processes().forEach(each -> each.awaitReady(LIMIT));
    }

    /** Waits until a look finds what is expected; a failing API is a look that found nothing. */
    static <T> void await(String what, Supplier<T> look, T expected) {
        Waiting.until(what + " " + expected, LIMIT, LOOK, () -> {
            try {
                T found = look.get();
                return found.equals(expected) ? Waiting.Look.ready(true) : Waiting.Look.notYet(String.valueOf(found));
            } catch (ApiFailure | PortUnreachable e) {
                return Waiting.Look.notYet(String.valueOf(e.getMessage()));
            }
        });
    }

    @Override
    public void close() {
        watch.close();
        cloud.close();
        wiring.close();
    }
}
