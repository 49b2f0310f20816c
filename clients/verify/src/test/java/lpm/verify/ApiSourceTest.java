package lpm.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.AddressEvent.AddressReleased;
import lpm.verify.Report.Verdict;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.invariant.Given;
import lpm.verify.source.ApiSource;
import lpm.verify.source.Unreadable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of a platform is a history too. */
class ApiSourceTest {
    private static final UUID ID = UUID.fromString("0194f1d0-0000-7000-8000-000000000001");
    private static final String ROW = """
            {"kind":"event","topic":"lpm.scheduler.events","partition":3,"offset":%d,"key":"address:192.0.2.1",
             "id":"%s","type":"scheduler.AddressReleased","version":1,"aggregate_id":"address:192.0.2.1","sequence":0,
             "account_id":null,"correlation_id":"%s","causation_id":null,"actor":{"kind":"service","id":"scheduler"},
             "reason":null,"occurred_at":"2026-01-01T00:00:00Z",
             "data":{"address":"192.0.2.1","region":"us-east","linode":1}}""";
    private static final String PARKED = "{\"kind\":\"parked\",\"topic\":\"lpm.scheduler.parked\"}";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ops/v1/audit", exchange -> {
            boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean second = exchange.getRequestURI().getQuery().endsWith("page=2");
            String rows = second ? ROW.formatted(8, ID, ID) : ROW.formatted(7, ID, ID) + "," + PARKED;
            byte[] answer = ("{\"data\":[" + rows + "],\"pages\":2}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ApiSource source(String token) {
        return new ApiSource("http://127.0.0.1:" + server.getAddress().getPort() + "/", token);
    }

    @Test
    void everyPageIsReadAndWhatWasPublishedAgainCountsOnce() {
        History history = source("secret").read();

        assertThat(history.stored("scheduler"))
                .extracting(Entry::data)
                .containsExactly(new AddressReleased("192.0.2.1", new lpm.contracts.Region("us-east"), LinodeId.of(1)));
        assertThat(history.records()).isEmpty();
    }

    @Test
    void whatNeedsMoreThanStreamsIsNotChecked() {
        Report report = new Verification(Given.NOTHING).of(source("secret"));

        assertThat(report.lines())
                .filteredOn(each -> List.of("I9", "I16", "I22").contains(each.name()))
                .extracting(Report.Line::verdict)
                .containsOnly(Verdict.unchecked);
        assertThat(report.lines())
                .filteredOn(each -> each.name().equals("I7"))
                .extracting(Report.Line::verdict)
                .containsExactly(Verdict.ok);
    }

    @Test
    void aRefusalIsASentence() {
        assertThatThrownBy(() -> source("wrong").read())
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("cannot be read: status 401");
    }
}
