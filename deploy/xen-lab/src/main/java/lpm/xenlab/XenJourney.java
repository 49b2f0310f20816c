package lpm.xenlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import lpm.local.Waiting;
import lpm.xenlab.LabCustomer.Linode;

/** The mission on real parts: a guest's life on Xen and Ceph, up to live migration and a failing disk, told. */
final class XenJourney {
    private static final Duration GUEST_LIMIT = Duration.ofMinutes(4);
    private static final Duration CONSOLE_LIMIT = Duration.ofSeconds(30);
    private static final Duration WRITE_FOR = Duration.ofSeconds(8);

    private static final String ROOT = "xvda";

    private final XenCloud cloud;
    private final LabCustomer customer;
    private final Progress progress;
    /** What the guest calls its volume. */
    private String disk = "";

    XenJourney(XenCloud cloud, Progress progress) {
        this.cloud = cloud;
        this.customer = new LabCustomer(cloud.platform());
        this.progress = progress;
    }

    /** Tells every step, and last in one line what came of all. */
    void run() {
        try (GuestWitness witness = new GuestWitness(cloud.lab().namespace())) {
            Linode linode = create(witness);
            long volume = attach(linode, witness);
            long ticksFrom = System.nanoTime();
            List<JsonNode> moves = List.of(move(linode, witness), move(linode, witness));
            drain(linode, witness);
            loseDisk(linode, witness);
            int ticks = witness.heard(linode.address(), "TICK").size();
            verify(linode, witness, ticksFrom);
            delete(linode, volume);
            progress.result("XEN DEMO OK migrations=%d longest-guest-pause=%dms ticks=%d lost-writes=0 events=%d"
                    .formatted(
                            moves.size() + 1,
                            moves.stream()
                                    .mapToLong(m -> m.path("guest_pause_millis").asLong())
                                    .max()
                                    .orElse(0),
                            ticks,
                            customer.events()));
        }
    }

    private Linode create(GuestWitness witness) {
        long from = System.nanoTime();
        progress.say("Ordering a Linode of 128 MiB with the image lab/busybox");
        Linode linode = customer.create("demo", "lab-128");
        progress.say("Linode %d runs on host %s: a real Xen guest on a disk in Ceph", linode.id(), where(linode));
        witness.await("its first tick", from, GUEST_LIMIT, h -> isTick(h, linode));
        progress.say("Its console, as dom0 of %s keeps it:", where(linode));
        console(linode).forEach(line -> progress.result("    " + line));
        return linode;
    }

    private List<String> console(Linode linode) {
        String log = "/var/log/xen/console/guest-linode-" + linode.id() + ".log";
        return cloud.lab()
                .host(where(linode))
                .dom0(CONSOLE_LIMIT, "grep -m1 'GUEST UP' " + log + "; tail -n 2 " + log)
                .lines()
                .toList();
    }

    private long attach(Linode linode, GuestWitness witness) {
        long from = System.nanoTime();
        long volume = customer.attachVolume(linode, "demo-data");
        disk = witness.await(
                        "a write to the volume acknowledged",
                        from,
                        GUEST_LIMIT,
                        h -> isAck(h, linode, "xvd") && !h.words().getFirst().equals(ROOT))
                .words()
                .getFirst();
        progress.say("Volume %d (10 GB, thin) is attached while it runs; the guest writes to it as %s", volume, disk);
        return volume;
    }

    private JsonNode move(Linode linode, GuestWitness witness) {
        String source = where(linode);
        progress.say("Moving the running Linode away from %s", source);
        long from = System.nanoTime();
        JsonNode migration = customer.migrate(linode);
        String target = where(linode);
        if (target.equals(source)) {
            throw new LocalFailure("Expected Linode " + linode.id() + " on another host than " + source
                    + "; found it there still: " + migration);
        }
        witness.await("a tick after the move", System.nanoTime(), GUEST_LIMIT, h -> isTick(h, linode));
        progress.say(
                "It runs on %s after %.1f s. Pause in ms: predicted %s, hypervisor %s, by ping %s; ticks silent for %d",
                target,
                migration.path("total_millis").asLong() / 1000.0,
                migration.path("predicted_pause_millis").asText(),
                migration.path("hypervisor_pause_millis").asText(),
                migration.path("guest_pause_millis").asText(),
                witness.longestSilence(linode.address(), from).toMillis());
        return migration;
    }

    private void drain(Linode linode, GuestWitness witness) {
        String host = where(linode);
        progress.say("Draining %s for maintenance", host);
        customer.drainAndReturn(host);
        witness.await("a tick after the drain", System.nanoTime(), GUEST_LIMIT, h -> isTick(h, linode));
        progress.say("%s was emptied and takes Linodes again; Linode %d runs on %s", host, linode.id(), where(linode));
    }

    private void loseDisk(Linode linode, GuestWitness witness) {
        progress.say("Killing one of Ceph's three disks (OSD 1) while the guest writes");
        long before = witness.acknowledged(linode.address(), disk);
        long from = System.nanoTime();
        cloud.lab().ceph().killOsd(1);
        Waiting.until("the pool seen degraded", GUEST_LIMIT, () -> {
            String health = customer.pool().path("health").toString();
            return health.contains("degraded") ? Waiting.Look.ready(true) : Waiting.Look.notYet(health);
        });
        witness.await("a write after the loss", from, GUEST_LIMIT, h -> isAck(h, linode, disk));
        Waiting.nap(WRITE_FOR);
        progress.say(
                "The pool is degraded, the guest wrote on: %d acknowledged before, %d now",
                before, witness.acknowledged(linode.address(), disk));
        cloud.lab().ceph().startOsd(1);
    }

    /** The guest reads back all it wrote: what it was told was written must be there. */
    private void verify(Linode linode, GuestWitness witness, long since) {
        long acknowledged = witness.acknowledged(linode.address(), disk);
        long from = System.nanoTime();
        witness.order(linode.address(), "verify");
        GuestWitness.Heard found = witness.await(
                "what the guest reads back",
                from,
                GUEST_LIMIT,
                h -> h.address().equals(linode.address())
                        && h.kind().equals("FOUND")
                        && h.words().getFirst().equals(disk));
        if (found.number(1) < acknowledged || found.number(2) != 0) {
            throw new LocalFailure("Expected all " + acknowledged + " acknowledged writes; found " + found);
        }
        progress.say(
                "The guest read back %d checked records, none missing; its longest silence was %d ms",
                found.number(1), witness.longestSilence(linode.address(), since).toMillis());
    }

    private void delete(Linode linode, long volume) {
        customer.detachVolume(volume);
        customer.delete(linode);
        customer.deleteVolume(volume);
        progress.say("Linode and volume are deleted, their bytes are gone from Ceph");
    }

    private String where(Linode linode) {
        return customer.hostOf(linode);
    }

    private static boolean isTick(GuestWitness.Heard heard, Linode linode) {
        return heard.address().equals(linode.address()) && heard.kind().equals("TICK");
    }

    private static boolean isAck(GuestWitness.Heard heard, Linode linode, String disk) {
        return heard.address().equals(linode.address())
                && heard.kind().equals("ACK")
                && heard.words().getFirst().startsWith(disk);
    }
}
