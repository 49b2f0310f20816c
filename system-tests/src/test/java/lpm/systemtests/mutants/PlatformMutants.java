package lpm.systemtests.mutants;

import java.util.List;
import java.util.stream.Stream;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.account.TokenEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.RecoveryEvent;
import lpm.contracts.storage.VolumeEvent;
import lpm.platform.App;
import lpm.platform.KnownView;
import lpm.platform.Reaction;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.storage.volume.VolumeCommand;
import lpm.systemtests.simulation.Keeping;
import lpm.systemtests.simulation.Parts;

/** Bugs of delivery (in the simulated platform), of views, of recovery and of volumes. */
final class PlatformMutants {
    private PlatformMutants() {}

    static List<Mutant> all() {
        return Stream.of(delivery(), features()).flatMap(List::stream).toList();
    }

    private static List<Mutant> delivery() {
        return List.of(
                new Mutant("dedup-one-too-many", "the record after the last is taken for old", keeping(new Keeping() {
                    @Override
                    public boolean isDuplicate(long number, long last) {
                        return number <= last + (number % 16 == 15 ? 1 : 0);
                    }
                })),
                new Mutant("dedup-one-too-few", "the last record is taken again", keeping(new Keeping() {
                    @Override
                    public boolean isDuplicate(long number, long last) {
                        return number < last;
                    }
                })),
                new Mutant(
                        "relay-position-first",
                        "the relay's position is kept before it publishes",
                        keeping(new Keeping() {
                            @Override
                            public boolean positionFirst() {
                                return true;
                            }
                        })),
                new Mutant(
                        "relay-by-position-only",
                        "the relay goes on over transactions that are still open",
                        keeping(new Keeping() {
                            @Override
                            public int relayTo(int firstOpen, int end) {
                                return end;
                            }
                        })));
    }

    private static List<Mutant> features() {
        return List.of(
                new Mutant(
                        "revoked-tokens-stay",
                        "services do not hear that a token is revoked",
                        Swap.app(PlatformMutants::deafToRevocation)),
                new Mutant(
                        "revoked-tokens-stay-at-scheduler", "scheduler alone does not hear of it", deaf("scheduler")),
                new Mutant(
                        "revoked-tokens-stay-at-migration", "migration alone does not hear of it", deaf("migration")),
                new Mutant("revoked-tokens-stay-at-storage", "storage alone does not hear of it", deaf("storage")),
                new Mutant(
                        "attach-retired-before-detach",
                        "a volume counts as let go when that is asked for",
                        Swap.reactions(
                                "storage/volume",
                                (event, reactions) -> event.data() instanceof VolumeEvent.VolumeDetachRequested e
                                        ? Stories.and(
                                                reactions,
                                                Reaction.send(new VolumeCommand.NoteDetached(e.volume(), e.linode())))
                                        : reactions)),
                new Mutant("view-forgets-a-release", "the view of reservations keeps what was released", forgetful()),
                new Mutant("view-of-its-process", "a view writes what the process counted", counting()),
                new Mutant("recovery-forgets-one", "a recovery does not call its last Linode", oneShort()));
    }

    private static Parts keeping(Keeping keeping) {
        return new Parts() {
            @Override
            public Keeping keeping() {
                return keeping;
            }
        };
    }

    private static App deafToRevocation(App app) {
        List<KnownView> known = app.known().stream().<KnownView>map(Deaf::new).toList();
        return new App(
                app.name(),
                app.reads(),
                app.telemetry(),
                app.features(),
                app.planners(),
                known,
                app.watchers(),
                app.sealing());
    }

    private static Parts deaf(String service) {
        return Swap.app(app -> app.name().equals(service) ? deafToRevocation(app) : app);
    }

    private record Deaf(KnownView real) implements KnownView {
        @Override
        public List<String> tables() {
            return real.tables();
        }

        @Override
        public void note(Envelope<?> foreign, Rows rows) {
            if (!(foreign.data() instanceof TokenEvent.TokenRevoked)) {
                real.note(foreign, rows);
            }
        }
    }

    private static Parts forgetful() {
        return Swap.feature(
                "scheduler/host",
                real -> real.showing(new Viewing(real.view()) {
                    @Override
                    public void project(Envelope<Event> event, Object after, Rows rows) {
                        if (!(event.data() instanceof HostEvent.CapacityReleased)) {
                            super.project(event, after, rows);
                        }
                    }
                }));
    }

    private record Counted(int count) {}

    private static Parts counting() {
        return Swap.feature(
                "scheduler/drain",
                real -> real.showing(new Viewing(real.view()) {
                    private int count;

                    @Override
                    public void project(Envelope<Event> event, Object after, Rows rows) {
                        super.project(event, after, rows);
                        count++;
                        rows.put(tables().getFirst(), "counted", new Counted(count));
                    }
                }));
    }

    private static Parts oneShort() {
        return Swap.events(
                "scheduler/recovery",
                (event, _) -> event instanceof RecoveryEvent.LinodesCalled e
                                && !e.linodes().isEmpty()
                        ? new RecoveryEvent.LinodesCalled(
                                e.lost(), e.linodes().subList(1, e.linodes().size()), e.remaining(), e.fenced())
                        : event);
    }

    private abstract static class Viewing implements View<Event, Object> {
        private final View<Event, Object> real;

        private Viewing(View<Event, Object> real) {
            this.real = real;
        }

        @Override
        public List<String> tables() {
            return real.tables();
        }

        @Override
        public void project(Envelope<Event> event, Object after, Rows rows) {
            real.project(event, after, rows);
        }
    }
}
