package lpm.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lpm.local.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, as in production: each is killed once while clients write and a Linode moves, then all at once. Every
 * partition gets another leader, the controller moves too, and nothing that was acknowledged is lost.
 * {@code ./lpm chaos brokers --rounds N} does it for longer.
 */
class BrokersTest {
    @TempDir
    Path folder;

    @Test
    void everyLeaderIsKilledAndNothingIsLost() {
        try (Playground ground =
                        Playground.start(folder.resolve("c"), BrokersCommand.BROKERS, new Progress(System.out));
                BrokerKills kills = new BrokerKills(ground, 1)) {
            BrokerKills.Outcome outcome = kills.run(1);
            assertThat(outcome.wrong()).isEmpty();
            assertThat(outcome.changed()).isEqualTo(outcome.partitions());
            assertThat(outcome.kills())
                    .hasSize(BrokersCommand.BROKERS + 1)
                    .allSatisfy(each -> assertThat(each.led()).isPositive())
                    .anySatisfy(each -> assertThat(each.controlled()).isTrue());
            assertThat(outcome.acknowledged()).isPositive();
        }
    }
}
