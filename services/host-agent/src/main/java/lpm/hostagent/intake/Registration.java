package lpm.hostagent.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lpm.contracts.Region;
import lpm.contracts.host.HostCommand.AdoptEpoch;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.HostAnnounced;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.HostFacts;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.journal.Origin;
import lpm.hostagent.lease.HostLease;
import lpm.hostagent.lease.PoolLease.Renewal;
import lpm.hostagent.report.Reports;
import lpm.hostagent.secrets.HostKey;
import lpm.hostagent.steps.Machine;

/**
 * Who this host is to the platform: an incarnation begins with a power-on, a new journal or a fence, and lasts over
 * restarts of the agent. Whatever still runs is destroyed before an incarnation is announced, because from then on its
 * Linodes may be started elsewhere.
 */
public final class Registration {
    /** Time between two announcements of an incarnation that nobody has answered. */
    public static final Duration ANNOUNCE_EVERY = Duration.ofSeconds(5);

    /** Time between two looks whether the host was powered on anew. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Machine machine;
    private final Journal journal;
    private final Reports reports;
    private final HostLease lease;
    private final Identity identity;
    private final InstantSource clock;
    private Optional<HostFacts> facts = Optional.empty();
    private Instant nextAnnouncement = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private boolean begun;

    public Registration(
            Machine machine,
            Journal journal,
            Reports reports,
            HostLease lease,
            Identity identity,
            InstantSource clock) {
        this.machine = machine;
        this.journal = journal;
        this.reports = reports;
        this.lease = lease;
        this.identity = identity;
        this.clock = clock;
    }

    /** What the agent calls itself: names for new incarnations, where it stands, the key that secrets are sealed to. */
    public record Identity(Supplier<String> incarnations, Region region, HostKey key) {}

    /** What the hypervisor said it is, once it was reached. */
    public Optional<HostFacts> facts() {
        return facts;
    }

    /** Whether it is not known yet, but soon, if something may be started: orders wait for that. */
    boolean awaitsLease() {
        return lease.isAboutToBeKnown();
    }

    /** Whether an incarnation has begun since this was last asked. */
    public boolean takeBegun() {
        boolean now = begun;
        begun = false;
        return now;
    }

    /** Nobody answered: the host may have been off, so look before anything else is done. */
    public void suspectPowerCycle() {
        nextLook = Instant.MIN;
    }

    /** Keeps the lease of a registration there is, and does nothing else. A host that was off has none. */
    public void keepLease() {
        HostFacts seen = machine.hypervisor().facts();
        facts = Optional.of(seen);
        if (journal.state().hostEpoch() > 0 && journal.state().bootId().equals(seen.bootId())) {
            renew();
        }
    }

    /** Begins an incarnation where one is due, announces it until it is adopted, and keeps the lease. */
    public void tick() {
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
            HostFacts seen = machine.hypervisor().facts();
            facts = Optional.of(seen);
            boolean known = journal.state().incarnation().isPresent();
            if (!known || !journal.state().bootId().equals(seen.bootId())) {
                begin(seen);
            }
            nextLook = now.plus(LOOK_EVERY);
        }
        if (journal.state().hostEpoch() == 0) {
            announce(now);
        } else {
            renew();
        }
    }

    /**
     * The scheduler knows this incarnation now. A newer registration of the same one counts like a fence of the older
     * too, so it starts with an empty host as well.
     */
    public Optional<HostReport> adopt(AdoptEpoch order, Origin origin) {
        boolean ours = journal.state().incarnation().equals(Optional.of(order.incarnation()));
        long epoch = order.at().hostEpoch();
        if (!ours || epoch < journal.state().hostEpoch()) {
            return Optional.of(new HostReport.CommandRefused(
                    reports.self(),
                    "host.AdoptEpoch",
                    order.aggregateId(),
                    "incarnation " + order.incarnation() + " at epoch " + epoch + " is not the present one"));
        }
        if (epoch > journal.state().hostEpoch()) {
            destroyEverything();
            journal.append(clock.instant(), List.of(new Entry.Adopted(epoch)));
            lease.forget();
        }
        // The inventory is the first report of the new registration, before any order under it is carried out.
        reports.commit(origin, List.of(inventory()), List.of());
        renew();
        return Optional.empty();
    }

    /** Everything the hypervisor shows, as a report of this registration. */
    public HostReport inventory() {
        return new HostReport.InventoryReported(
                reports.self(),
                journal.state().incarnation().orElse(""),
                true,
                machine.hypervisor().list().stream().map(Domain::seen).toList());
    }

    private void renew() {
        List<lpm.contracts.PoolId> pools = facts.map(HostFacts::pools).orElse(List.of());
        if (lease.tick(reports.self(), pools) == Renewal.revoked) {
            machine.hypervisor().leaseRevoked();
            facts.ifPresent(this::begin);
        }
    }

    private void begin(HostFacts seen) {
        destroyEverything();
        long nextOffset = journal.state().nextOffset();
        String incarnation = identity.incarnations().get();
        journal.append(clock.instant(), List.of(new Entry.Began(incarnation, seen.bootId(), nextOffset)));
        reports.forget();
        lease.forget();
        nextAnnouncement = Instant.MIN;
        begun = true;
    }

    private void destroyEverything() {
        machine.hypervisor().list().forEach(each -> machine.hypervisor()
                .destroy(each.seen().linode()));
    }

    private void announce(Instant now) {
        if (now.isBefore(nextAnnouncement)) {
            return;
        }
        nextAnnouncement = now.plus(ANNOUNCE_EVERY);
        facts.ifPresent(seen -> reports.commit(
                Origin.ITSELF,
                List.of(new HostAnnounced(
                        reports.self(),
                        journal.state().incarnation().orElse(""),
                        identity.region(),
                        seen.capacity(),
                        seen.pools(),
                        seen.hypervisor(),
                        seen.cpuModel(),
                        seen.migrationUri(),
                        identity.key().publicKey())),
                List.of()));
    }
}
