package lpm.migration.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.HandoverCommitted;
import lpm.contracts.migration.MigrationEvent.MigrationAborted;
import lpm.contracts.migration.MigrationEvent.MigrationCompleted;
import lpm.contracts.migration.MigrationEvent.MigrationLost;
import lpm.migration.live.TinyHost.Domain;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of everything that can happen around one attempt: delayed and repeated orders, forgotten
 * orders, agents and daemons that die, lost replies, power-offs, fences, new registrations, cancels, reminders at
 * any time.
 */
class HandoverModelTest {
    private static final int SEEDS = 6000;
    private static final int FAULTY_STEPS = 120;
    private static final int CALM_STEPS = 2000;

    @Test
    void neverRunsTwiceAndEndsExactlyOnceLive() {
        Set<String> ends = playAll(Some.LIVE);
        assertThat(ends).contains("source released", "source absent", "source fenced", "suspended", "cancelled");
    }

    @Test
    void neverRunsTwiceAndEndsExactlyOnceCold() {
        assertThat(playAll(Some.COLD)).contains("source absent", "source fenced", "cancelled");
    }

    /** What happened at least once: a model in which nothing goes wrong would prove nothing. */
    private static Set<String> playAll(Terms terms) {
        Set<String> happened = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            for (MigrationEvent event : new Run(seed, terms).play()) {
                happened.add(event.getClass().getSimpleName());
                switch (event) {
                    case HandoverCommitted committed -> happened.add(committed.because());
                    case MigrationAborted aborted ->
                        happened.add(aborted.sourceSuspended() ? "suspended" : "cancelled");
                    default -> {}
                }
            }
        }
        assertThat(happened).contains("MigrationUnknown", "MigrationCompleted", "MigrationAborted", "MigrationLost");
        return happened;
    }

    /** One seed. */
    private static final class Run {
        private final int seed;
        private final TinyCloud cloud;
        private final TinyHypervisor hypervisor;
        private boolean elsewhere;
        private boolean faults = true;
        private int failures = 2;

        Run(int seed, Terms terms) {
            this.seed = seed;
            this.cloud = new TinyCloud(new Random(seed), terms);
            this.hypervisor = new TinyHypervisor(cloud);
        }

        List<MigrationEvent> play() {
            for (int i = 0; i < FAULTY_STEPS; i++) {
                step();
            }
            faults = false;
            int calm = 0;
            while (!settled() && calm++ < CALM_STEPS) {
                step();
            }
            long ends = cloud.events.stream().filter(Run::isEnd).count();
            assertThat(ends).as(this::told).isEqualTo(1);
            assertThat(copies()).as(this::told).isEqualTo(1);
            assertThat(whereItShouldRun()).as(this::told).isTrue();
            return cloud.events;
        }

        private void step() {
            List<Runnable> possible = new ArrayList<>();
            queues(possible);
            agents(cloud.source, possible);
            agents(cloud.target, possible);
            if (hypervisor.moves()) {
                possible.add(() -> hypervisor.step(faults));
            }
            if (hypervisor.replyReady()) {
                possible.add(hypervisor::reply);
            }
            possible.add(this::recover);
            if (faults && cloud.random.nextInt(12) == 0) {
                breakSomething();
            } else {
                possible.get(cloud.random.nextInt(possible.size())).run();
            }
            assertThat(copies()).as(this::told).isLessThanOrEqualTo(1);
        }

        private void queues(List<Runnable> possible) {
            if (!cloud.outbox.isEmpty()) {
                possible.add(cloud::relay);
                possible.add(cloud::relay);
            }
            if (!cloud.schedulerFacts.isEmpty()) {
                possible.add(() -> cloud.hear(cloud.schedulerFacts.remove()));
            }
            if (!cloud.storageFacts.isEmpty()) {
                possible.add(() -> cloud.hear(cloud.storageFacts.remove()));
            }
            if (!cloud.reminders.isEmpty() && cloud.random.nextInt(4) == 0) {
                int which = cloud.random.nextInt(cloud.reminders.size());
                possible.add(() -> {
                    cloud.note("reminded");
                    cloud.tell(cloud.reminders.remove(which));
                });
            }
        }

        private void agents(TinyHost host, List<Runnable> possible) {
            if (!host.reports.isEmpty()) {
                possible.add(() -> cloud.hear(host.reports.remove()));
            }
            if (!host.up) {
                if (!faults || cloud.random.nextInt(8) == 0) {
                    possible.add(() -> comeBackOrFence(host));
                }
                return;
            }
            if (!host.orders.isEmpty()) {
                boolean repeat = faults && cloud.random.nextInt(8) == 0;
                boolean forget = faults && cloud.random.nextInt(8) == 0;
                possible.add(() -> new TinyAgent(cloud, hypervisor, host).take(repeat, forget));
            }
            if (host.domain == Domain.PAUSED && !host.receivedReported) {
                possible.add(() -> hypervisor.received(host));
            }
        }

        private void comeBackOrFence(TinyHost host) {
            if (host.fencedEpoch < host.ref.hostEpoch() && cloud.random.nextBoolean()) {
                cloud.fenced(host);
            } else {
                cloud.register(host);
            }
        }

        private void breakSomething() {
            TinyHost host = cloud.random.nextBoolean() ? cloud.source : cloud.target;
            switch (cloud.random.nextInt(6)) {
                case 0 -> {
                    if (host.up && failures > 0) {
                        failures--;
                        cloud.note("power off " + host.ref);
                        hypervisor.hostFell(host);
                        host.fall();
                    }
                }
                case 1 -> hypervisor.agentDies();
                case 2 -> {
                    if (host.up) {
                        cloud.inventory(host);
                    }
                }
                case 3 -> {
                    if (cloud.random.nextInt(4) == 0) {
                        cloud.tell(new AttemptCommand.Cancel(Some.ID, "operator"));
                    }
                }
                default -> {
                    if (!cloud.reminders.isEmpty()) {
                        cloud.tell(cloud.reminders.removeLast());
                    }
                }
            }
        }

        /** The scheduler's recovery: only after the end, and only where the outcome's host is proved to be out. */
        private void recover() {
            if (!cloud.ended() || elsewhere) {
                return;
            }
            boolean gone =
                    switch (last()) {
                        case MigrationCompleted _ -> out(cloud.target, Some.B.hostEpoch());
                        case MigrationAborted _ -> out(cloud.source, Some.A.hostEpoch());
                        case MigrationLost _ -> true;
                        default -> false;
                    };
            if (gone) {
                cloud.note("recovered elsewhere");
                elsewhere = true;
            }
        }

        private static boolean out(TinyHost host, long placedUnder) {
            return host.fencedEpoch >= placedUnder || host.ref.hostEpoch() > placedUnder;
        }

        private boolean settled() {
            return cloud.ended()
                    && cloud.outbox.isEmpty()
                    && cloud.source.up
                    && cloud.target.up
                    && cloud.source.orders.isEmpty()
                    && cloud.target.orders.isEmpty()
                    && !hypervisor.moves()
                    && copies() == 1;
        }

        private int copies() {
            int count = elsewhere ? 1 : 0;
            count += cloud.source.domain == Domain.RUNNING ? 1 : 0;
            return count + (cloud.target.domain == Domain.RUNNING ? 1 : 0);
        }

        private boolean whereItShouldRun() {
            return elsewhere
                    || switch (last()) {
                        case MigrationCompleted _ -> cloud.target.domainEpoch == Some.NEXT;
                        case MigrationAborted _ -> cloud.source.domainEpoch == Some.N;
                        default -> false;
                    };
        }

        private MigrationEvent last() {
            return cloud.events.stream().filter(Run::isEnd).findFirst().orElseThrow();
        }

        private static boolean isEnd(MigrationEvent event) {
            return event instanceof MigrationCompleted
                    || event instanceof MigrationAborted
                    || event instanceof MigrationLost;
        }

        private String told() {
            return "seed " + seed + "\n" + String.join("\n", cloud.story);
        }
    }
}
