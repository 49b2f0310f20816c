package lpm.systemtests.chaos;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import lpm.local.Waiting;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Who leads in Kafka at one moment.
 *
 * @param controller the broker whose controller decides
 * @param ofPartitions the broker that leads each partition, 0 for none
 * @param copiesMissing of all partitions together, how many copies are not in sync
 */
record Leaders(int controller, Map<String, Integer> ofPartitions, int copiesMissing) {
    Leaders {
        ofPartitions = Map.copyOf(ofPartitions);
    }

    /** As the brokers tell it now. */
    static Leaders of(Admin admin) {
        return Waiting.until("an answer of Kafka", Playground.LIMIT, () -> {
            try {
                return Waiting.Look.ready(look(admin));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RetriableException) {
                    return Waiting.Look.notYet(String.valueOf(e.getMessage()));
                }
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    private static Leaders look(Admin admin) throws ExecutionException, InterruptedException {
        int controller = admin.describeMetadataQuorum().quorumInfo().get().leaderId();
        Map<String, Integer> leaders = new TreeMap<>();
        int missing = 0;
        var topics = admin.listTopics().names().get();
        for (TopicDescription topic :
                admin.describeTopics(topics).allTopicNames().get().values()) {
            for (TopicPartitionInfo each : topic.partitions()) {
                Node leader = each.leader();
                leaders.put(topic.name() + "-" + each.partition(), leader == null ? 0 : leader.id());
                missing += each.replicas().size() - each.isr().size();
            }
        }
        return new Leaders(controller, leaders, missing);
    }

    /** Waits until every broker has everything again, and leads its share. */
    static Leaders whole(Admin admin, int brokers) {
        return Waiting.until("all copies in sync, each broker leading some", Playground.LIMIT, () -> {
            admin.electLeaders(ElectionType.PREFERRED, null);
            Leaders now = of(admin);
            boolean allLead = IntStream.rangeClosed(1, brokers).allMatch(each -> now.ledBy(each) > 0);
            return now.copiesMissing() == 0 && allLead
                    ? Waiting.Look.ready(now)
                    : Waiting.Look.notYet(now.copiesMissing() + " copies missing");
        });
    }

    long ledBy(int broker) {
        return ofPartitions.values().stream().filter(each -> each == broker).count();
    }
}
