package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lpm.cli.Api;
import lpm.verify.Report;
import lpm.verify.Verification;
import lpm.verify.invariant.Given;
import lpm.verify.source.PlatformSource;
import org.jspecify.annotations.Nullable;

/**
 * A whole cloud on this machine: PostgreSQL, Kafka, the services, the hosts and their agents, each a process of its
 * own, and one public port. Everything is on 127.0.0.1 and keeps its data in one folder.
 */
public final class LocalCloud implements AutoCloseable {
    /** The services with a store, in the order of the ladder. */
    public static final List<String> SERVICES = PostgreSql.ROLES;

    public static final String REGION = "us-east";
    private static final String NOTE = "ready.properties";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Options options;
    private final DataDir dir;
    private final Secrets secrets;
    private final Family family = new Family();
    private final PostgreSql postgreSql;
    private final List<Broker> brokers;
    private final Map<String, Child> services = new LinkedHashMap<>();
    private final Map<String, Child> machines = new LinkedHashMap<>();
    private final Map<String, Child> agents = new LinkedHashMap<>();
    private final Ports ports;
    private final Thread hook = new Thread(this::end, "stop-all");
    private final int apiPort;
    private volatile @Nullable Router router;

    /** Starts everything, on simulated hosts, and comes back when all of it works. */
    public static LocalCloud start(Options options) {
        return start(options, SimulatedHosts::in);
    }

    /** The same on other hosts. */
    public static LocalCloud start(Options options, Hosts.Maker hosts) {
        return start(options, hosts, Wires.DIRECT);
    }

    /** The same over other wires. */
    public static LocalCloud start(Options options, Hosts.Maker hosts, Wires wires) {
        return start(options, hosts, wires, Housing.PROCESS);
    }

    /** The same with the services in another housing. */
    public static LocalCloud start(Options options, Hosts.Maker hosts, Wires wires, Housing housing) {
        Checks.pathLength(options.data());
        DataDir dir = DataDir.open(options.data());
        try {
            Leftovers.stop(dir, options.progress());
            Checks.memory(options.hosts(), options.brokers());
            Checks.disk(options.data());
            Checks.port(options.port());
            LocalCloud cloud = new LocalCloud(options, dir, hosts, wires, housing);
            cloud.launch();
            return cloud;
        } catch (RuntimeException e) {
            dir.close();
            throw e;
        }
    }

    private LocalCloud(Options options, DataDir dir, Hosts.Maker maker, Wires wires, Housing housing) {
        this.options = options;
        this.dir = dir;
        this.secrets = Secrets.in(dir);
        this.ports = Ports.in(dir);
        ports.brokers(options.brokers());
        this.apiPort = options.port() == 0 ? ports.of("api") : options.port();
        Hosts hosts = maker.make(new Hosts.Place(options.home(), dir, ports, options.hosts(), options.progress()));
        Routing routing = Routing.over(wires, ports, hosts.ids());
        this.postgreSql = new PostgreSql(options.home(), dir, secrets, routing.postgreSql(), options.progress());
        this.brokers = Broker.all(options.home(), dir, routing, options.progress());
        Programs programs = new Programs(hosts, options.home(), dir, secrets, ports, routing);
        hosts.machines().forEach(machine -> machines.put(machine.name(), child(machine)));
        SERVICES.forEach(service -> services.put(service, child(housing.of(programs.service(service)))));
        hosts.ids().forEach(host -> agents.put(host, child(programs.agent(host))));
    }

    private Child child(Child.Spec spec) {
        return new Child(spec, dir, options.progress());
    }

    private void launch() {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            startAll();
            Map<String, Integer> backends = new LinkedHashMap<>();
            SERVICES.forEach(service -> backends.put(service, ports.known(service)));
            router = new Router(apiPort, backends);
            new Enrolment(operator()).all(hostIds());
            agents.values().forEach(this::awaitReady);
            leaveNote();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Nobody needs anybody else to be there first, they try again; but where processors are few, what others wait for
     * should have them first.
     */
    private void startAll() {
        Progress progress = options.progress();
        progress.say(
                "Starting PostgreSQL, Kafka, %d services and %d hosts in %s",
                services.size(), agents.size(), options.data());
        adopt(List.of(postgreSql.process()));
        adopt(brokers.stream().map(Broker::process).toList());
        adopt(List.copyOf(machines.values()));
        adopt(List.copyOf(services.values()));
        adopt(List.copyOf(agents.values()));
        brokers.forEach(Broker::start);
        postgreSql.start();
        progress.say("PostgreSQL is up");
        services.values().forEach(Child::start);
        machines.values().forEach(Child::start);
        brokers.forEach(Broker::awaitReady);
        progress.say("Kafka is up, with its topics");
        agents.values().forEach(Child::start);
        machines.values().forEach(this::awaitReady);
        services.values().forEach(this::awaitReady);
    }

    private void adopt(List<Child> children) {
        children.forEach(child -> child.surround(options.environment()));
        family.adopt(children);
    }

    private void awaitReady(Child child) {
        child.awaitReady(START_LIMIT);
        options.progress().say("%s is ready", child.name());
    }

    private void leaveNote() {
        Kept note = Kept.open(dir.of(NOTE));
        note.put("api", api());
        note.put("token", token());
        note.put("operator-token", operatorToken());
    }

    public String api() {
        return "http://127.0.0.1:" + apiPort;
    }

    /** The public port on 127.0.0.1. */
    public int port() {
        return apiPort;
    }

    public String token() {
        return secrets.token();
    }

    public String operatorToken() {
        return secrets.operatorToken();
    }

    /** The API as the customer that is there from the start. */
    public Api customer() {
        return new Api(api(), token());
    }

    public Api operator() {
        return new Api(api(), operatorToken());
    }

    public PostgreSql postgreSql() {
        return postgreSql;
    }

    /** Kafka's only broker, or the first one. */
    public Broker broker() {
        return brokers.getFirst();
    }

    public List<Broker> brokers() {
        return brokers;
    }

    public Child service(String name) {
        return one(services, name);
    }

    public Child agent(String host) {
        return one(agents, host);
    }

    public List<String> hostIds() {
        return List.copyOf(agents.keySet());
    }

    /** One of the processes in the place of the hosts' hardware. */
    public Child machine(String name) {
        return one(machines, name);
    }

    /** What models the hosts, where they are simulated. */
    public Child simulatedXen() {
        return machine(SimulatedHosts.SIMULATED_XEN);
    }

    /** Checks every invariant that can be read off stores and topics; these secrets must not be found there. */
    public Report verify(List<String> canaries) {
        List<String> all =
                Stream.concat(secrets.all().stream(), canaries.stream()).toList();
        Given given = new Given(all, List.of(Given.auditKey(secrets.publicAuditKey())), List.of());
        return new Verification(given).of(new PlatformSource(SERVICES, postgreSql::connect, broker().bootstrap()));
    }

    public DataDir dataDir() {
        return dir;
    }

    private static Child one(Map<String, Child> children, String name) {
        Child child = children.get(name);
        if (child == null) {
            throw new IllegalArgumentException("expected one of " + children.keySet() + ", found " + name);
        }
        return child;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook itself is at work: it ends everything
            return;
        }
        end();
        dir.close();
    }

    private void end() {
        Router open = router;
        if (open != null) {
            open.close();
        }
        family.close();
        try {
            Files.deleteIfExists(dir.of(NOTE));
        } catch (IOException e) {
            options.progress().say("The note %s stays: %s", dir.of(NOTE), String.valueOf(e.getMessage()));
        }
    }
}
