package lpm.local;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a broker is told: small, and safe. With several of them each keeps everything, and most of them must answer.
 * They share few processors: so a controller is given more time than usual before another one takes over.
 */
final class BrokerSettings {
    private BrokerSettings() {}

    /** As the text of a file of properties. */
    static String of(Routing routing, Routing.Node node, Path log) {
        int copies = routing.nodes().size();
        String voters = routing.nodes().stream()
                .map(each -> each.id() + "@" + Broker.address(each.controllerPort()))
                .collect(Collectors.joining(","));
        return addresses(node, voters) + """
                log.dirs=%1$s
                auto.create.topics.enable=false
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                num.recovery.threads.per.data.dir=2
                log.cleaner.dedupe.buffer.size=16777216
                log.index.size.max.bytes=1048576
                log.segment.bytes=67108864
                default.replication.factor=%2$d
                min.insync.replicas=%3$d
                unclean.leader.election.enable=false
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=%2$d
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=%2$d
                transaction.state.log.min.isr=%3$d
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=%2$d
                share.coordinator.state.topic.min.isr=%3$d
                group.initial.rebalance.delay.ms=0
                controller.quorum.election.timeout.ms=2000
                controller.quorum.fetch.timeout.ms=6000
                controller.quorum.request.timeout.ms=4000
                """.formatted(log, copies, copies / 2 + 1);
    }

    private static String addresses(Routing.Node node, String voters) {
        return """
                process.roles=broker,controller
                node.id=%1$d
                controller.quorum.voters=%2$s
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%4$d%5$s
                advertised.listeners=PLAINTEXT://127.0.0.1:%3$d%6$s
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT%7$s
                """.formatted(
                        node.id(),
                        voters,
                        node.port(),
                        node.controllerPort(),
                        each(node, way -> ",%s://127.0.0.1:%d".formatted(way.listener(), way.port())),
                        each(node, way -> ",%s://127.0.0.1:%d".formatted(way.listener(), way.advertised())),
                        each(node, way -> ",%s:PLAINTEXT".formatted(way.listener())));
    }

    /** A client goes on to the address that the broker tells it: each way needs a listener of its own. */
    private static String each(Routing.Node node, Function<Routing.Way, String> text) {
        return node.ways().values().stream().map(text).collect(Collectors.joining());
    }
}
