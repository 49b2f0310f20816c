package lpm.verify.source;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import lpm.contracts.Topics;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.history.Part;
import lpm.verify.history.Place;
import lpm.verify.history.ServiceLog;
import org.apache.kafka.common.KafkaException;

/**
 * The event stores and the topics of a platform. The stores are looked at first, each as of one moment; what the topics
 * show beyond that is asked for in the stores again, so that a platform may go on working meanwhile.
 */
public final class PlatformSource implements Source {
    /** The service that has the audit. */
    private static final String AUDITOR = "account";

    private final List<String> services;
    private final Stores stores;
    private final TopicReader topics;

    /**
     * @param services names of the services, which are those of their schemas
     * @param connections how a service's schema is reached
     * @param bootstrap where Kafka is
     */
    public PlatformSource(List<String> services, Connections connections, String bootstrap) {
        this.services = List.copyOf(services);
        this.stores = new Stores(connections);
        this.topics = new TopicReader(bootstrap);
    }

    @Override
    public History read() {
        List<Damaged> damaged = new ArrayList<>();
        List<ServiceLog> logs = new ArrayList<>();
        try {
            boolean lost = stores.lostTopics(services);
            for (String service : services) {
                logs.add(stores.read(service, lost, damaged));
            }
            History.Audit audit = services.contains(AUDITOR) ? stores.audit(AUDITOR) : History.Audit.NONE;
            TopicReader.Found found = topics.read(damaged);
            Set<String> cut = new HashSet<>(found.cut());
            if (lost) {
                found.topics().stream().filter(TopicReader::isFilledInPart).forEach(cut::add);
            }
            Set<UUID> since = storedSince(logs, found.records());
            return new History(
                    EnumSet.allOf(Part.class), logs, audit, new History.Topics(found.records(), cut, since), damaged);
        } catch (SQLException e) {
            throw new Unreadable("The stores cannot be read: " + e.getMessage() + ".", e);
        } catch (KafkaException e) {
            throw new Unreadable("The topics cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private Set<UUID> storedSince(List<ServiceLog> logs, List<Entry> records) throws SQLException {
        Set<UUID> known = logs.stream()
                .flatMap(log -> log.events().stream())
                .map(each -> each.message().id())
                .collect(Collectors.toSet());
        Map<String, Set<UUID>> unknown = new HashMap<>();
        for (Entry each : records) {
            if (each.place() instanceof Place.OnTopic on
                    && !known.contains(each.message().id())) {
                services.stream()
                        .filter(service -> Topics.events(service).equals(on.topic()))
                        .forEach(service -> unknown.computeIfAbsent(service, _ -> new HashSet<>())
                                .add(each.message().id()));
            }
        }
        Set<UUID> found = new HashSet<>();
        for (Map.Entry<String, Set<UUID>> each : unknown.entrySet()) {
            found.addAll(stores.present(each.getKey(), each.getValue()));
        }
        return found;
    }
}
