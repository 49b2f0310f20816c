package lpm.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path folder;

    /** A stopped platform's PostgreSQL was started at one port and looked for at another. */
    @Test
    void aPartHasOnePortHoweverOftenItIsAskedFor() {
        try (DataDir dir = DataDir.open(folder)) {
            Ports ports = Ports.in(dir);
            int port = ports.of("postgresql");
            assertThat(ports.of("postgresql")).isEqualTo(port);
            assertThat(ports.known("postgresql")).isEqualTo(port);
            assertThat(Ports.in(dir).of("postgresql")).as("kept").isEqualTo(port);
        }
    }

    @Test
    void noTwoPartsHaveTheSame() {
        try (DataDir dir = DataDir.open(folder)) {
            Ports ports = Ports.in(dir);
            List<Integer> given =
                    Stream.of("kafka", "api", "account").map(ports::of).toList();
            assertThat(given).doesNotHaveDuplicates();
        }
    }
}
