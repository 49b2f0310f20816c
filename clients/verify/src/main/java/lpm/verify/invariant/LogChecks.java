package lpm.verify.invariant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import lpm.contracts.Topics;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.history.Place;
import lpm.verify.history.ServiceLog;
import lpm.verify.history.Unknown;

/** What must hold of logs and topics whatever the events are about. */
final class LogChecks {
    private LogChecks() {}

    /** I7: the events of a stream are numbered from 0 without gaps, in the order in which they were stored. */
    static void streams(History history, Findings findings) {
        Set<UUID> ids = new HashSet<>();
        for (ServiceLog log : history.services()) {
            Map<String, Long> next = new HashMap<>();
            for (Entry each : log.events()) {
                findings.expect(ids.add(each.message().id()), each, "its id is that of an earlier event");
                long expected = next.getOrDefault(each.aggregateId(), 0L);
                findings.expect(each.sequence() == expected, each, "expected number " + expected + " in its stream");
                next.put(each.aggregateId(), each.sequence() + 1);
            }
        }
        reports(history, findings);
    }

    /** A journal's reports may be sent again, but none may be missing. */
    private static void reports(History history, Findings findings) {
        Map<String, Long> last = new HashMap<>();
        for (Entry each : history.records()) {
            if (each.place() instanceof Place.OnTopic on
                    && Topics.HOST_EVENTS.matcher(on.topic()).matches()
                    && !history.isLaidAside(on)) {
                long before = last.getOrDefault(each.aggregateId(), -1L);
                boolean first = before < 0 && history.topics().cut().contains(on.topic());
                findings.expect(first || each.sequence() <= before + 1, each, "the report before it is missing");
                last.put(each.aggregateId(), Math.max(before, each.sequence()));
            }
        }
    }

    /** I9: what is stored is on the service's topic as it was stored, in order, and nothing else is. */
    static void topics(History history, Findings findings) {
        for (ServiceLog log : history.services()) {
            Map<UUID, Entry> first = new HashMap<>();
            Map<String, Long> last = new HashMap<>();
            for (Entry each : history.records()) {
                if (each.place() instanceof Place.OnTopic on
                        && on.topic().equals(Topics.events(log.service()))
                        && !history.isLaidAside(on)) {
                    published(history, findings, each, on);
                    if (first.putIfAbsent(each.message().id(), each) == null) {
                        long before = last.getOrDefault(each.aggregateId(), -1L);
                        findings.expect(
                                each.sequence() > before, each, "it came onto its topic after number " + before);
                        last.put(each.aggregateId(), each.sequence());
                    }
                }
            }
            for (Entry each : log.events()) {
                boolean due = each.place() instanceof Place.Stored at && at.position() <= log.published();
                findings.expect(
                        !due || first.containsKey(each.message().id()),
                        each,
                        "the relay is past it, and it is not on the topic");
            }
        }
    }

    private static void published(History history, Findings findings, Entry each, Place.OnTopic on) {
        findings.expect(on.key().equals(each.aggregateId()), each, "its key on the topic is " + on.key());
        history.find(each.message().id())
                .filter(known -> known.place() instanceof Place.Stored)
                .ifPresentOrElse(
                        known -> findings.expect(
                                known.message().equals(each.message()), each, "it was stored otherwise: " + known),
                        () -> findings.expect(
                                history.topics()
                                        .storedSince()
                                        .contains(each.message().id()),
                                each,
                                "nobody stored it"));
    }

    /** Every message says who acted, for which request and because of what; what caused it is there. */
    static void causes(History history, Findings findings) {
        boolean all = history.topics().cut().isEmpty();
        for (Entry each : history.everything().toList()) {
            if (history.isLaidAside(each.place())) {
                continue;
            }
            var message = each.message();
            boolean named = message.actor() != null && !message.actor().id().isBlank();
            findings.expect(named, each, "it does not say who acted");
            findings.expect(message.correlationId() != null, each, "it does not say which request it belongs to");
            UUID cause = message.causationId();
            if (cause != null && !isOutside(each)) {
                findings.expect(
                        !all
                                || history.find(cause).isPresent()
                                || history.topics().storedSince().contains(cause),
                        each,
                        "the message that caused it, " + cause + ", is nowhere");
            }
            if (message.cause() != null) {
                commanded(history, findings, each);
            }
        }
    }

    /** Hosts name the order they carry out, which may be older than what the topic keeps. */
    private static boolean isOutside(Entry each) {
        return each.place() instanceof Place.OnTopic on
                && Topics.HOST_EVENTS.matcher(on.topic()).matches();
    }

    /** A command's number is that of the event it follows from. */
    private static void commanded(History history, Findings findings, Entry command) {
        var cause = command.message().cause();
        if (cause == null) {
            return;
        }
        history.causeOf(command)
                .ifPresent(event -> findings.expect(
                        event.aggregateId().equals(cause.aggregateId())
                                && cause.number() / lpm.contracts.Cause.MAX_COMMANDS_PER_EVENT == event.sequence(),
                        command,
                        "its number " + cause.number() + " of " + cause.stream() + " is not that of " + event));
    }

    /** I6: one command is decided once: what it changed in a stream it changed at one time. */
    static void once(History history, Findings findings) {
        record Decided(String service, String aggregate, UUID command) {}
        for (ServiceLog log : history.services()) {
            Map<Decided, Entry> last = new HashMap<>();
            for (Entry each : log.events()) {
                UUID command = each.message().commandId();
                findings.expect(command != null, each, "it does not name the command that was decided");
                if (command == null) {
                    continue;
                }
                Entry before = last.put(new Decided(log.service(), each.aggregateId(), command), each);
                boolean together = before == null
                        || (before.sequence() + 1 == each.sequence()
                                && before.message()
                                        .occurredAt()
                                        .equals(each.message().occurredAt()));
                findings.expect(together, each, "its command was decided before: " + before);
            }
        }
    }

    /** I31: everything that was found can be read, or was laid aside by whom it concerns. */
    static void readable(History history, Findings findings) {
        history.everything()
                .forEach(each -> findings.expect(
                        !(each.data() instanceof Unknown) || history.isLaidAside(each.place()),
                        each,
                        "its type or version is unknown, and nobody laid it aside"));
        for (Damaged each : history.damaged()) {
            findings.expect(
                    history.isLaidAside(each.place()),
                    each.place(),
                    "it is no message, and nobody laid it aside: " + each.why());
        }
    }

    /** I30: no work of a service's own waits for an operator. */
    static void flowing(History history, Findings findings) {
        for (ServiceLog log : history.services()) {
            findings.look();
            List<String> stuck = new ArrayList<>(log.stuck());
            stuck.forEach(each -> findings.broken(log.service(), each));
        }
    }
}
