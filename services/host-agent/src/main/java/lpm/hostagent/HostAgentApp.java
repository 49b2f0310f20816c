package lpm.hostagent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import lpm.contracts.Envelope;
import lpm.contracts.Topics;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.intake.Registration;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.FileJournal;
import lpm.hostagent.secrets.HostKey;
import lpm.hostagent.simulated.SimulatedProbe;
import lpm.hostagent.simulated.XenClient;
import lpm.hostagent.steps.Machine;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.kafka.HostChannel;
import lpm.platform.kafka.HostChannel.Received;
import lpm.platform.kafka.HostChannel.TopicPair;
import lpm.platform.time.SteadyClock;
import org.jspecify.annotations.Nullable;

/** The agent's process: one thread offers records and ticks; Kafka is reached by threads that nobody waits for. */
public final class HostAgentApp {
    /** Ends like this when it is to be started again. */
    private static final int STARTS_ANEW = 3;

    private static final long ENROLMENT_LOOK_MILLIS = 200;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** Loggers are kept here so that their levels are not collected. */
    private static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

    /** Tells of every attempt while Kafka is away; the meters say the same once. */
    private static final Logger CONNECTION_LOG = Logger.getLogger("org.apache.kafka.clients.NetworkClient");

    private final AgentConfig config;
    private final FileJournal journal;
    private final HostChannel channel;
    private final OrderReader reader;
    /** Not virtual ones: a call into native code would hold one of the few carriers, and the lease must not wait. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("step-", 1).factory());

    private final InstantSource clock = new SteadyClock(Instant.now());
    private final Machine machine;
    private final AgentCore core;
    /** The process serves: its hypervisor answers. A host that nobody has enrolled yet is ready too. */
    private volatile boolean ready;

    private volatile boolean registered;
    private String trouble = "";
    private final LongAdder orders = new LongAdder();

    private HostAgentApp(AgentConfig config) throws IOException, GeneralSecurityException {
        this.config = config;
        Files.createDirectories(config.data());
        this.journal = new FileJournal(config.data().resolve("journal.log"));
        boolean known = journal.state().incarnation().isPresent();
        this.channel = new HostChannel(
                Map.of("bootstrap.servers", config.kafka()),
                config.host(),
                journal.state().topics().map(it -> new TopicPair(it.commands(), it.reports())),
                known ? Optional.of(journal.state().nextOffset()) : Optional.empty());
        this.reader = new OrderReader(config.host());
        Registration.Identity identity = new Registration.Identity(
                () -> UUID.randomUUID().toString(), config.region(), HostKey.in(config.data()));
        Optional<XenMachine> xen = config.xen().map(it -> XenMachine.of(config.host(), it, this::elsewhere));
        this.machine = xen.map(XenMachine::machine).orElseGet(this::simulated);
        AgentPorts ports = new AgentPorts(
                machine,
                () -> xen.map(it -> it.pools().sights()).orElse(Map.of()),
                journal,
                this::report,
                this::tell,
                clock);
        this.core = new AgentCore(config.host(), identity, ports);
    }

    /** Settings come from the environment: see {@link AgentConfig}. */
    public static void main(String[] args) throws Exception {
        KAFKA_LOG.setLevel(Level.WARNING);
        CONNECTION_LOG.setLevel(Level.SEVERE);
        HostAgentApp app;
        try {
            app = new HostAgentApp(AgentConfig.of(System.getenv()));
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            System.err.println("host-agent: " + wrong.getMessage());
            System.exit(1);
            return;
        }
        try (HealthPage _ = new HealthPage(app.config.port(), () -> app.ready, app::metrics)) {
            app.run();
            // orders and reports under way belong to the topics before: only a new process has none
            System.err.println("host-agent: the host's topics were lost and made again; started anew, it reads all"
                    + " orders there and sends what it reported again");
        } catch (UncheckedIOException disk) {
            // what was done but not noted down is not known to this process any more: a new one looks
            System.err.println("host-agent: " + reason(disk) + "; started anew, it waits until that is possible");
        }
        System.exit(STARTS_ANEW);
    }

    private static String reason(UncheckedIOException disk) {
        @Nullable Throwable cause = disk.getCause();
        return disk.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
    }

    private void run() throws InterruptedException {
        awaitJournal();
        awaitEnrolment();
        while (!channel.replaced().isDone()) {
            noteTopics();
            core.tick();
            ready = core.isReachable();
            say(notAnswering(core.trouble()));
            registered = core.isReady();
            Duration wait = Duration.between(clock.instant(), core.nextTick());
            takeOrders(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
        note(channel.replaced().join());
    }

    /** Nothing is done that cannot be noted down. */
    private void awaitJournal() throws InterruptedException {
        while (!canNote()) {
            core.keepLease();
            TimeUnit.MILLISECONDS.sleep(LONGEST_WAIT.toMillis());
        }
    }

    private boolean canNote() {
        try {
            journal.proveRoom();
            say("");
            return true;
        } catch (UncheckedIOException disk) {
            say(reason(disk) + "; until it can be written, this agent only keeps the lease: make room on that disk");
            return false;
        }
    }

    private void noteTopics() {
        if (journal.state().topics().isEmpty() && channel.started().isDone()) {
            note(channel.started().join().topics());
        }
    }

    private void note(TopicPair topics) {
        journal.append(clock.instant(), List.of(new Entry.InTopics(topics.commands(), topics.reports())));
    }

    /** Nothing was ever run here under an empty journal, so nothing is lost by waiting for Kafka and for the topics. */
    private void awaitEnrolment() throws InterruptedException {
        while (journal.state().incarnation().isEmpty() && !channel.started().isDone()) {
            ready = answers();
            TimeUnit.MILLISECONDS.sleep(ENROLMENT_LOOK_MILLIS);
        }
        if (journal.state().incarnation().isEmpty()) {
            AgentCore.startReadingAt(journal, channel.started().join().offset(), clock.instant());
        }
    }

    private boolean answers() {
        try {
            machine.hypervisor().list();
            say("");
            return !machine.hypervisor().facts().bootId().isEmpty();
        } catch (PortUnreachable | PortRefusal nobody) {
            say(notAnswering(String.valueOf(nobody.getMessage())));
            return false;
        }
    }

    private static String notAnswering(String trouble) {
        return trouble.isEmpty() ? "" : trouble + "; trying again until it answers";
    }

    /** What changed is told once. */
    private void say(String now) {
        if (!now.equals(trouble)) {
            trouble = now;
            System.err.println("host-agent: " + (now.isEmpty() ? "that is over" : now));
        }
    }

    /** Waits for one record, then takes all that are there. */
    private void takeOrders(Duration wait) throws InterruptedException {
        if (!core.wantsMore()) {
            TimeUnit.MILLISECONDS.sleep(Math.max(1, wait.toMillis()));
            return;
        }
        Optional<Received> next = channel.take(wait);
        while (next.isPresent()) {
            core.offer(next.get().offset(), reader.read(next.get()));
            orders.increment();
            next = core.wantsMore() ? channel.take(Duration.ZERO) : Optional.empty();
        }
    }

    /** Makes a call in a thread of its own and has its answer looked at as soon as it is there. */
    private void elsewhere(Runnable call) {
        threads.execute(() -> {
            try {
                call.run();
            } finally {
                channel.wake();
            }
        });
    }

    private Machine simulated() {
        XenClient client = new XenClient(Path.of(config.hypervisor().substring(AgentConfig.SIMULATED.length())));
        Hypervisor hypervisor = client.hypervisor();
        return new Machine(hypervisor, client.disks(), client.lease(), new SimulatedProbe(hypervisor), this::elsewhere);
    }

    private CompletionStage<Long> report(Envelope<?> report) {
        return channel.send(
                Topics.hostEvents(config.host()),
                config.host().aggregateId(),
                report.type(),
                EnvelopeJson.write(report));
    }

    private void tell(Envelope<?> telemetry) {
        channel.tell(
                Topics.HOST_TELEMETRY, config.host().aggregateId(), telemetry.type(), EnvelopeJson.write(telemetry));
    }

    private String metrics() {
        return "lpm_hostagent_ready " + (ready ? 1 : 0) + "\nlpm_hostagent_registered " + (registered ? 1 : 0)
                + "\nlpm_hostagent_kafka_connected " + (channel.isConnected() ? 1 : 0) + "\nlpm_hostagent_orders_total "
                + orders.sum() + "\n";
    }
}
