package lpm.verify;

import static lpm.verify.Breaks.of;
import static lpm.verify.GoodStory.ACCOUNT;
import static lpm.verify.GoodStory.H2;
import static lpm.verify.GoodStory.LINODE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.UUID;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.TenantEvent;
import lpm.verify.Breaks.Break;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.Place;
import lpm.verify.history.Unknown;

/** Breaks of what must hold of logs and topics, whatever the events are about. */
final class LogBreaks {
    private LogBreaks() {}

    static final List<Break> ALL = List.of(
            of("I5", "a move ends twice", told -> {
                Draft moved = told.first(LinodeEvent.LinodeMoved.class);
                told.after(moved, moved.data);
            }),
            of("I5", "a move never ends", told -> {
                told.remove(told.first(LinodeEvent.LinodeMoved.class));
                told.remove(told.first(LinodeEvent.LinodeTornDown.class));
                told.remove(told.first(LinodeEvent.LinodeDestroyRequested.class));
                told.remove(told.first(LinodeEvent.LinodeDeleted.class));
                told.last(TenantEvent.TenantLimited.class).at =
                        told.last(LinodeEvent.class).at.plusSeconds(7200);
            }),
            of(
                    "I6",
                    "a command is decided again",
                    told -> told.last(LinodeEvent.LinodeBooted.class).command =
                            told.first(LinodeEvent.LinodeBooted.class).command),
            of(
                    "I7",
                    "an event is missing",
                    told -> told.found(built -> built.stored
                            .get("scheduler")
                            .remove(built.with(LinodeEvent.LinodeBooted.class, built.stored.get("scheduler"))
                                    .getFirst()))),
            of(
                    "I7",
                    "an event is stored twice",
                    told -> told.found(built -> built.stored
                            .get("scheduler")
                            .add(built.stored.get("scheduler").getLast()))),
            of(
                    "I7",
                    "a report is missing",
                    told -> told.found(
                            built -> built.records.remove(built.with(HostReport.SourceReleased.class, built.records)
                                    .getFirst()))),
            of(
                    "I9",
                    "an event is not on its topic",
                    told -> told.found(
                            built -> built.records.remove(built.with(LinodeEvent.LinodeBooted.class, built.records)
                                    .getFirst()))),
            of(
                    "I9",
                    "an event is on the topic alone",
                    told -> told.found(built -> built.stored.get("scheduler").removeLast())),
            of(
                    "I9",
                    "two events of a key in the wrong order",
                    told -> told.found(built -> {
                        Entry late = built.with(LinodeEvent.LinodeBooted.class, built.records)
                                .getFirst();
                        built.records.remove(late);
                        built.records.add(late);
                    })),
            of(
                    "I9",
                    "published otherwise than stored",
                    told -> told.found(built -> {
                        Entry one = built.with(LinodeEvent.LinodeBooted.class, built.records)
                                .getFirst();
                        Record other = new LinodeEvent.LinodeBooted(LINODE, H2, 1, 1);
                        built.records.set(
                                built.records.indexOf(one),
                                new Entry(one.place(), one.message().withData(other)));
                    })),
            of(
                    "I25",
                    "a planted secret",
                    told -> told.after(
                            told.first(LinodeEvent.LinodePlaced.class),
                            new LinodeEvent.LinodePlacementFailed(LINODE, ACCOUNT, VerificationTest.CANARY))),
            of(
                    "I25",
                    "a password's hash",
                    told -> told.after(
                            told.first(LinodeEvent.LinodePlaced.class),
                            new LinodeEvent.LinodePlacementFailed(LINODE, ACCOUNT, "$6$saltsalt$hash"))),
            of("I30", "a parked reaction", told -> told.found(built -> built.stuck.add("linode:1: parked"))),
            of(
                    "I31",
                    "an event of tomorrow",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeBooted.class),
                            new Unknown(JsonNodeFactory.instance.objectNode()))),
            of(
                    "I31",
                    "poison that nobody laid aside",
                    told -> told.found(built -> built.damaged.add(
                            new Damaged(new Place.OnTopic("lpm.storage.events", 0, 999, "volume:1"), "not JSON")))),
            of(
                    "causes",
                    "a cause that is nowhere",
                    told -> told.first(LinodeEvent.LinodeBooted.class).cause = UUID.randomUUID()),
            of(
                    "causes",
                    "an order with another event's number",
                    told -> told.first(HostCommand.BootLinode.class).numberedBy =
                            told.first(TenantEvent.LabelTaken.class).id));
}
