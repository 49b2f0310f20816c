package lpm.verify.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import lpm.verify.history.AuditRow;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.history.Place;
import lpm.verify.history.ServiceLog;

/**
 * What operators see of a platform: every record of every topic as its audit kept it. That has each stream's order but
 * not that between the streams of a service.
 */
public final class ApiSource implements Source {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PAGE_ROWS = 500;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final String base;
    private final String token;

    /**
     * @param base the API, such as {@code http://127.0.0.1:8080}
     * @param token an operator's
     */
    public ApiSource(String base, String token) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.token = token;
    }

    @Override
    public History read() {
        Map<String, List<Entry>> events = new TreeMap<>();
        List<Entry> records = new ArrayList<>();
        List<Damaged> damaged = new ArrayList<>();
        List<AuditRow> audit = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        int pages = 1;
        for (int page = 1; page <= pages; page++) {
            JsonNode answer = get("/ops/v1/audit?page_size=" + PAGE_ROWS + "&page=" + page);
            pages = answer.path("pages").asInt(1);
            for (JsonNode row : answer.path("data")) {
                audit.add(AuditRows.read(row));
                take(row, events, records, damaged, seen);
            }
        }
        List<ServiceLog> logs = events.entrySet().stream()
                .map(each -> new ServiceLog(each.getKey(), each.getValue(), 0, Set.of(), List.of()))
                .toList();
        return new History(
                Set.of(),
                logs,
                new History.Audit(audit, audit.size()),
                new History.Topics(records, Set.of(), Set.of()),
                damaged);
    }

    private static void take(
            JsonNode row, Map<String, List<Entry>> events, List<Entry> records, List<Damaged> damaged, Set<UUID> seen) {
        String kind = row.path("kind").asText();
        if (!kind.equals("event") && !kind.equals("command")) {
            return;
        }
        Place.OnTopic place = AuditRows.place(row);
        String topic = place.topic();
        try {
            Entry entry = new Entry(place, AuditRows.envelope(row));
            if (!topic.matches("lpm\\.[a-z]+\\.events")) {
                records.add(entry);
            } else if (seen.add(entry.message().id())) {
                events.computeIfAbsent(topic.split("\\.", -1)[1], _ -> new ArrayList<>())
                        .add(entry);
            }
        } catch (IOException | IllegalArgumentException e) {
            damaged.add(new Damaged(place, String.valueOf(e.getMessage())));
        }
    }

    private JsonNode get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new IOException("status " + response.statusCode());
            }
            return AuditRows.EXACT.readTree(response.body());
        } catch (IOException e) {
            throw new Unreadable("The API at " + base + " cannot be read: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreadable("Interrupted.", e);
        }
    }
}
