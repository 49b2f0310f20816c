package lpm.systemtests.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lpm.local.Broker;
import lpm.local.DataDir;
import lpm.local.Home;
import lpm.local.Progress;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topic that is written to and read from, on a broker of its own. */
final class BenchTopic {
    static final String NAME = "lpm.bench.events";
    private static final int PARTITIONS = 12;

    private BenchTopic() {}

    /** What is measured there, told how to reach Kafka. */
    interface Measuring {
        void on(Map<String, String> kafka) throws Exception;
    }

    /** Starts the broker in a folder, makes the topic, and ends the broker afterwards. */
    static void measure(Path data, Measuring measuring) throws Exception {
        Progress progress = new Progress(System.err);
        try (DataDir dir = DataDir.open(data);
                Broker broker = Broker.alone(Home.find(), dir, progress)) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                admin.createTopics(List.of(new NewTopic(NAME, PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
            measuring.on(kafka);
        }
    }
}
