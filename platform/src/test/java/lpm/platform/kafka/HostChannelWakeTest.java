package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.HostId;
import org.junit.jupiter.api.Test;

class HostChannelWakeTest {
    @Test
    void whoWaitsForARecordIsWokenWithoutOne() {
        Map<String, String> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
        try (HostChannel channel = new HostChannel(nowhere, HostId.of("h1"), Optional.empty(), Optional.of(0L))) {
            channel.wake();
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(channel.take(Duration.ofMinutes(1)))
                    .isEmpty());
        }
    }
}
