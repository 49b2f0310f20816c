package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import lpm.cli.Api;
import lpm.local.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lpm chaos brokers}. */
@Command(
        name = "brokers",
        mixinStandardHelpOptions = true,
        description = "Three Kafka brokers are killed one after another, then at once, while clients write"
                + " and a Linode moves.")
final class BrokersCommand implements Callable<Integer> {
    /** As in production. */
    static final int BROKERS = 3;

    @Option(names = "--rounds", defaultValue = "3", description = "How often each is killed (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--clients", defaultValue = "3", description = "Linodes and volumes written to (${DEFAULT-VALUE}).")
    private int clients;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Override
    public Integer call() {
        Progress progress = options.progress();
        try (Scratch scratch = options.scratch();
                Playground ground = Playground.start(scratch.folder(), BROKERS, progress);
                BrokerKills kills = new BrokerKills(ground, clients)) {
            BrokerKills.Outcome outcome = kills.run(rounds);
            System.out.println(options.json() ? tree(outcome).toString() : text(outcome));
            return outcome.wrong().isEmpty() ? 0 : 1;
        }
    }

    private static String text(BrokerKills.Outcome outcome) {
        String summary = String.format(
                Locale.ROOT,
                "%d kills, %d of %d partitions changed their leader, %d writes acknowledged, %d unknown; wrong: %d",
                outcome.kills().size(),
                outcome.changed(),
                outcome.partitions(),
                outcome.acknowledged(),
                outcome.unknown(),
                outcome.wrong().size());
        return String.join("\n", summary, String.join("\n", outcome.wrong())).strip();
    }

    private static ObjectNode tree(BrokerKills.Outcome outcome) {
        ObjectNode tree = Api.object()
                .put("partitions", outcome.partitions())
                .put("changed", outcome.changed())
                .put("acknowledged", outcome.acknowledged())
                .put("unknown", outcome.unknown());
        outcome.wrong().forEach(tree.putArray("wrong")::add);
        var all = tree.putArray("kills");
        outcome.kills().forEach(each -> all.addObject()
                .put("broker", each.broker())
                .put("led", each.led())
                .put("controlled", each.controlled())
                .put("migration", each.ended())
                .put("migration_seconds", each.migration())
                .put("whole_seconds", each.whole()));
        return tree;
    }
}
