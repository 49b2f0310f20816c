package lpm.verify;

import static lpm.verify.GoodStory.H1;
import static lpm.verify.GoodStory.LINODE;
import static lpm.verify.GoodStory.MOVE;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lpm.contracts.VolumeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostReport;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.Place;

/** How the good story is broken, each for the invariant that must notice. */
final class Breaks {
    private Breaks() {}

    record Break(String name, String what, Consumer<Told> change) {}

    static Break of(String name, String what, Consumer<Told> change) {
        return new Break(name, what, change);
    }

    static final List<Break> ALL = Stream.of(LogBreaks.ALL, OwnerBreaks.ALL, ResourceBreaks.ALL, AuditBreaks.ALL)
            .flatMap(List::stream)
            .toList();

    /** What looks odd and is allowed. */
    static final List<Break> ALLOWED = List.of(
            of(
                    "I7",
                    "a report is told again",
                    told -> told.found(built -> built.records.add(
                            built.with(HostReport.class, built.records).getFirst()))),
            of(
                    "I9",
                    "the relay published again from the start",
                    told -> told.found(built -> built.records.addAll(List.copyOf(built.records)))),
            of(
                    "I9",
                    "not published yet",
                    told -> told.found(built -> {
                        Entry last = built.stored.get("scheduler").getLast();
                        built.records.removeIf(each ->
                                each.message().id().equals(last.message().id()));
                        built.published.put(
                                "scheduler", built.stored.get("scheduler").size() - 1L);
                    })),
            of(
                    "I9",
                    "stored after the stores were looked at",
                    told -> told.found(built -> built.since.add(
                            built.stored.get("scheduler").removeLast().message().id()))),
            of(
                    "I31",
                    "poison that was laid aside",
                    told -> told.found(built -> {
                        Place place = new Place.OnTopic("lpm.storage.events", 0, 999, "volume:1");
                        built.damaged.add(new Damaged(place, "not JSON"));
                        built.laidAside.add(place.toString());
                    })),
            of(
                    "causes",
                    "a command older than its topic keeps",
                    told -> told.found(built -> {
                        built.records.removeIf(each -> each.message().cause() != null);
                        built.cut.add("lpm.storage.commands");
                    })),
            of(
                    "hand-over",
                    "committed on the source's absence",
                    told -> told.first(HostReport.SourceReleased.class).data = new HostReport.LinodeDescribed(
                            H1, Optional.of(MOVE), OwnerBreaks.seen(DomainSeen.State.absent))),
            of(
                    "I23",
                    "a volume's answer after the end",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeDeleted.class),
                            new LinodeEvent.LinodeDeviceRefused(LINODE, VolumeId.of(3), true, "Not found"))));
}
