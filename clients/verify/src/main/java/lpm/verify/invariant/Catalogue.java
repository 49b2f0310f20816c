package lpm.verify.invariant;

import static lpm.verify.history.Part.audit;
import static lpm.verify.history.Part.envelopes;
import static lpm.verify.history.Part.parked;
import static lpm.verify.history.Part.positions;
import static lpm.verify.history.Part.topics;

import java.util.List;
import java.util.stream.Stream;

/** All invariants by name, those that logs cannot tell too. */
public final class Catalogue {
    private static final String WITNESS = "needs a witness at the hypervisors and disks: ./lpm test";
    private static final String CLIENT = "needs what the clients saw: ./lpm test";
    private static final String RUNS = "needs several runs of one history: ./lpm test";

    private Catalogue() {}

    /** Every invariant. */
    public static List<Invariant> all(Given given) {
        return Stream.of(log(given), owners(), resources(), elsewhere())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Invariant> log(Given given) {
        return List.of(
                Invariant.of("I5", "an accepted job ends, and ends once", LifeChecks::jobs),
                Invariant.of("I6", "a command is decided once", LogChecks::once, envelopes),
                Invariant.of("I7", "streams are gapless and unique", LogChecks::streams),
                Invariant.of("I9", "topics hold what is stored, in order, and nothing else", LogChecks::topics, topics),
                Invariant.of("I25", "no secret is kept in clear", new SecretChecks(given.canaries())),
                Invariant.of("I26", "the audit tells what was stored and published", AuditChecks::audit, audit),
                signed(given),
                Invariant.of("I30", "no own work waits for an operator", LogChecks::flowing, parked),
                Invariant.of("I31", "what cannot be read is laid aside, not lost", LogChecks::readable, parked),
                Invariant.of("causes", "every message says who, for what and because of what", LogChecks::causes));
    }

    private static Invariant signed(Given given) {
        String says = "the audit is what its signed checkpoints say";
        return given.auditKeys().isEmpty()
                ? Invariant.elsewhere("signed", says, "needs the public key of the audit: --audit-key")
                : Invariant.of("signed", says, new CheckpointChecks(given));
    }

    private static List<Invariant> owners() {
        return List.of(
                Invariant.of("I12", "orders name an owner epoch of their host", OwnerChecks::orders),
                Invariant.of(
                        "I13", "no fact of a registration that is over is believed", OwnerChecks::stale, positions),
                Invariant.of("I17", "a migration ends once, and its end is what happened", HandoverChecks::ends),
                Invariant.of(
                        "I18", "recovery only after the host is out, and in no move", OwnerChecks::recovery, positions),
                Invariant.of("I23", "nothing happens that the phase does not allow", LifeChecks::transitions),
                Invariant.of("I34", "a Linode keeps its network card on every host", LifeChecks::identity),
                Invariant.of("epochs", "owner epochs are issued once and grow", OwnerChecks::epochs),
                Invariant.of("hand-over", "committed only after the source's word or fence", HandoverChecks::handover),
                Invariant.of("fence", "confirmed when every pool refuses and R has passed", FenceChecks::confirmed));
    }

    private static List<Invariant> resources() {
        return List.of(
                Invariant.of("I2", "a volume is at one Linode at most", BytesChecks::exclusive, positions),
                Invariant.of("I14", "capacity is never oversold", CapacityChecks::oversold),
                Invariant.of("I15", "a reservation is released once, as what it was", CapacityChecks::released),
                Invariant.of(
                        "I16",
                        "who is placed holds capacity; in a move, both hosts",
                        CapacityChecks::placedHolds,
                        positions),
                Invariant.of(
                        "I19",
                        "what bills will be made of is whole: begun once, ended once, each size known",
                        SpanChecks::spans),
                Invariant.of("I20", "no account gets more than its limits", TenantChecks::quotas),
                Invariant.of("I21", "what is one account's stays that account's", TenantChecks::tenants),
                Invariant.of("I22", "an address is at one Linode at a time", TenantChecks::addresses, positions),
                Invariant.of("I24", "disks are scrubbed before they count as deleted", BytesChecks::scrubbed),
                Invariant.of("labels", "labels are unique while in use", TenantChecks::labels),
                Invariant.of("volumes", "attached when free, untouched while held", BytesChecks::volumes),
                Invariant.of("freed", "a deleted Linode leaves nothing behind", LifeChecks::freed, positions));
    }

    private static List<Invariant> elsewhere() {
        return List.of(
                Invariant.elsewhere("I1", "never two running copies", WITNESS),
                Invariant.elsewhere("I3", "no acknowledged write is lost", CLIENT),
                Invariant.elsewhere("I4", "a rejected write has no effect", CLIENT),
                Invariant.elsewhere("I8", "nothing appears behind a reader", "needs a reader that was there"),
                Invariant.elsewhere(
                        "I10", "views equal a replay", "needs the services' own code: ./lpm projection rebuild"),
                Invariant.elsewhere("I11", "replay is free of effects", RUNS),
                Invariant.elsewhere("I27", "revoked means revoked", CLIENT),
                Invariant.elsewhere("I28", "same key, same answer", CLIENT),
                Invariant.elsewhere("I29", "clients read their writes", CLIENT),
                Invariant.elsewhere("I32", "clock skew changes no decision", RUNS),
                Invariant.elsewhere("I33", "a crash is a restart", RUNS));
    }
}
