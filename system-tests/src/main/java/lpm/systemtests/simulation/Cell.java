package lpm.systemtests.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import lpm.account.AccountApp;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostReport;
import lpm.hostagent.simulated.SimulatedXen;
import lpm.migration.MigrationApp;
import lpm.platform.App;
import lpm.platform.Commands.Outcome;
import lpm.scheduler.SchedulerApp;
import lpm.scheduler.host.FleetHostCommand;
import lpm.storage.StorageApp;
import lpm.storage.pool.Pool;

/** A whole cell in memory: the four services, their hosts and their agents. The same seed gives the same run. */
public final class Cell {
    public static final Region REGION = new Region("us-east");
    private static final Resources HOST_CAPACITY = new Resources(16, 16_384);
    private static final double LINK_MIB_PER_SECOND = 1_000;

    private final Timeline timeline;
    private final Tally tally = new Tally();
    private final Logins logins = new Logins();
    private final Weather weather;
    private final Bus bus;
    private final SimulatedXen xen;
    private final Parts parts;
    private final Map<String, SimulatedApp> services = new TreeMap<>();
    private final List<Consumer<Envelope<?>>> listeners = new ArrayList<>();
    private final Map<String, Long> numbers = new TreeMap<>();
    /** Of its own: what a box looks like changes nothing else. */
    private final RandomGenerator sealing;

    private final Map<HostId, SimulatedHost> hosts =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));

    public Cell(long seed, int hostCount) {
        this(seed, hostCount, Parts.REAL);
    }

    public Cell(long seed, int hostCount, Parts parts) {
        this.timeline = new Timeline(seed);
        this.sealing = new Random(seed);
        this.weather = new Weather(timeline, tally);
        this.bus = new Bus(timeline, weather);
        this.xen = new SimulatedXen(seed, timeline.now());
        this.parts = parts;
        timeline.follow(xen::advanceTo);
        bus.watch(each -> {
            if (each.envelope().data() instanceof HostReport) {
                tell(each.envelope());
            }
        });
        List.<Supplier<App>>of(
                        () -> AccountApp.app(Optional.empty()),
                        () -> SchedulerApp.app(this::nextId, sealing),
                        MigrationApp::app,
                        () -> StorageApp.app(Pool.parse(Pool.DEFAULT)))
                .forEach(this::add);
        IntStream.rangeClosed(1, hostCount).mapToObj(i -> new HostId("h" + i)).forEach(this::add);
    }

    private void add(Supplier<App> app) {
        SimulatedApp service = new SimulatedApp(
                () -> parts.app(app.get()),
                new SimulatedApp.Around(timeline, bus, weather, tally, parts.keeping(), this::tell));
        services.put(service.name(), service);
    }

    /** The next number of a kind. */
    public long nextId(String kind) {
        return numbers.merge(kind, 1L, Long::sum);
    }

    private void add(HostId host) {
        xen.addHost(host, REGION, HOST_CAPACITY, LINK_MIB_PER_SECOND);
        hosts.put(host, new SimulatedHost(host, this, parts));
        Outcome enrolled = service("scheduler")
                .ask(new FleetHostCommand.EnrolHost(host, REGION, "rack-1", "0".repeat(39) + hosts.size()));
        if (!(enrolled instanceof Outcome.Accepted)) {
            throw new IllegalStateException("host " + host + " was not enrolled: " + enrolled);
        }
    }

    /** Hears every event of a service when it is stored, and every report of a host when it is published. */
    public void onFact(Consumer<Envelope<?>> listener) {
        listeners.add(listener);
    }

    private void tell(Envelope<?> fact) {
        listeners.forEach(each -> each.accept(fact));
    }

    public Timeline timeline() {
        return timeline;
    }

    public Bus bus() {
        return bus;
    }

    public Tally tally() {
        return tally;
    }

    /** What customers ordered to get into their disks with. */
    public Logins logins() {
        return logins;
    }

    public Weather weather() {
        return weather;
    }

    public SimulatedXen xen() {
        return xen;
    }

    /** All services, by name. */
    public Collection<SimulatedApp> services() {
        return services.values();
    }

    /** All hosts, by name. */
    public Collection<SimulatedHost> hosts() {
        return hosts.values();
    }

    public SimulatedApp service(String name) {
        SimulatedApp service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("expected one of " + services.keySet() + ", found " + name);
        }
        return service;
    }

    public SimulatedHost host(String name) {
        SimulatedHost host = hosts.get(new HostId(name));
        if (host == null) {
            throw new IllegalArgumentException("expected one of " + hosts.keySet() + ", found " + name);
        }
        return host;
    }

    /** Lets time pass until something holds; fails with what was expected when it does not come to hold. */
    public void await(String expected, Duration limit, BooleanSupplier holds) {
        if (!timeline.runUntil(holds, limit)) {
            throw new IllegalStateException("expected " + expected + " within " + limit);
        }
    }
}
