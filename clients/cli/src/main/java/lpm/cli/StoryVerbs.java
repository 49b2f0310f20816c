package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What happened, in which order, and why. */
final class StoryVerbs {
    private StoryVerbs() {}

    /** The customer's feed. */
    @Command(name = "event", description = "The account's activity feed.")
    static final class EventVerbs {
        @ParentCommand
        private Lpm lpm = new Lpm();

        @Command(description = "Activities, oldest first.")
        void list(
                @Option(names = "--entity", defaultValue = "", paramLabel = "TYPE:ID") String entity,
                @Option(names = "--after", defaultValue = "0", paramLabel = "ID") long after) {
            ObjectNode filter = Api.object().put("+order_by", "id").put("+order", "asc");
            filter.putObject("id").put("+gt", after);
            if (entity.contains(":")) {
                filter.put("entity.type", entity.substring(0, entity.indexOf(':')));
                filter.put("entity.id", Long.parseLong(entity.substring(entity.indexOf(':') + 1)));
            }
            lpm.screen()
                    .rows(
                            lpm.customer().list("/v4/account/events", filter),
                            "id",
                            "created",
                            "action",
                            "status",
                            "percent_complete=%",
                            "entity.type=of",
                            "entity.id=id",
                            "entity.label=label",
                            "username");
        }

        @Command(description = "Every event of the platform as it happens, until interrupted (operators).")
        void watch(
                @Option(names = "--aggregate", defaultValue = "", paramLabel = "linode:1") String aggregate,
                @Option(names = "--after", defaultValue = "", paramLabel = "POSITION") String after) {
            Screen screen = lpm.screen();
            ObjectNode filter =
                    aggregate.isEmpty() ? Api.object() : Api.object().put("aggregate_id", aggregate);
            Api.Ending ending = lpm.operator()
                    .follow(
                            "/ops/v1/events",
                            filter,
                            after,
                            event -> screen.line(screen.json() ? event.toString() : Story.line(event)));
            throw new ApiFailure(
                    ApiFailure.UNREACHABLE,
                    "The events ended (" + ending.reason() + "); go on with --after " + ending.last() + ".");
        }
    }

    /** An aggregate's own events. */
    @Command(name = "history", description = "Every event of one thing and its state after it (operators).")
    static final class HistoryVerb implements Runnable {
        @ParentCommand
        private Lpm lpm = new Lpm();

        @Parameters(index = "0", paramLabel = "TYPE", description = "linode, host, volume, migration, drain, ...")
        private String type = "";

        @Parameters(index = "1", paramLabel = "ID")
        private String id = "";

        @Option(names = "--states", description = "Show the state after each event.")
        private boolean states;

        @Override
        public void run() {
            Screen screen = lpm.screen();
            List<JsonNode> events = Story.events(lpm.operator(), type, id);
            if (screen.json()) {
                screen.rows(events);
                return;
            }
            for (JsonNode event : events) {
                screen.line(Story.line(event));
                if (states) {
                    screen.line("      " + event.path("state"));
                }
            }
        }
    }

    /** From the first request to the fact. */
    @Command(name = "why", description = "Why a Linode is where it is: the chain of causes (operators).")
    static final class WhyVerb implements Runnable {
        @ParentCommand
        private Lpm lpm = new Lpm();

        @Parameters(index = "0", paramLabel = "linode")
        private String type = "";

        @Parameters(index = "1", paramLabel = "ID")
        private String id = "";

        @Override
        public void run() {
            Screen screen = lpm.screen();
            List<JsonNode> chain = Story.why(lpm.operator(), type, id);
            if (screen.json()) {
                screen.rows(chain);
            } else {
                chain.forEach(message -> screen.line(Story.line(message)));
            }
        }
    }

    /** Who did what. */
    @Command(name = "audit", description = "Who did what, refused requests too (operators).")
    static final class AuditVerb implements Runnable {
        @ParentCommand
        private Lpm lpm = new Lpm();

        @Option(names = "--aggregate", defaultValue = "", paramLabel = "linode:1")
        private String aggregate = "";

        @Option(names = "--correlation", defaultValue = "", paramLabel = "UUID")
        private String correlation = "";

        @Override
        public void run() {
            ObjectNode filter = Api.object();
            if (!aggregate.isEmpty()) {
                filter.put("aggregate_id", aggregate);
            }
            if (!correlation.isEmpty()) {
                filter.put("correlation_id", correlation);
            }
            lpm.screen()
                    .rows(
                            lpm.operator().list("/ops/v1/audit", filter),
                            "position",
                            "occurred_at",
                            "type",
                            "aggregate_id",
                            "actor.kind=actor",
                            "actor.id=id",
                            "reason");
        }
    }

    /** What could not be handled. */
    @Command(name = "parked", description = "Records laid aside because they could not be handled (operators).")
    static final class ParkedVerbs {
        @ParentCommand
        private Lpm lpm = new Lpm();

        @Command(description = "All parked records.")
        void list() {
            lpm.screen()
                    .rows(
                            lpm.operator().list("/ops/v1/parked"),
                            "service",
                            "topic",
                            "key",
                            "type",
                            "reason",
                            "parked_at");
        }
    }
}
