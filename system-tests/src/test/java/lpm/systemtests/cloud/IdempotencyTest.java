package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import lpm.cli.Api;
import lpm.local.Child;
import lpm.systemtests.cloud.HttpProbe.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One key is one effect, and what a client wrote it reads. */
@ExtendWith(CloudExtension.class)
class IdempotencyTest {
    private static final int TIMES = 100;
    private static final int WRITES = 30;

    @Test
    void aHundredTimesTheSameOrderMakesOneLinode(Tenant tenant) throws Exception {
        String order = order("only-one");
        List<Callable<Answer>> same = IntStream.range(0, TIMES)
                .mapToObj(_ -> (Callable<Answer>) () -> HttpProbe.post(tenant, Tenant.INSTANCES, order, "one"))
                .toList();
        List<Answer> answers = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> each : pool.invokeAll(same)) {
                answers.add(each.get());
            }
        }
        answers.add(HttpProbe.post(tenant, Tenant.INSTANCES, order, "one"));

        assertThat(answers).allSatisfy(each -> assertThat(each.status()).isIn(200, 400));
        assertThat(answers.stream().filter(each -> each.status() == 400))
                .allSatisfy(each -> assertThat(each.body()).contains("Idempotency-Key", "still being served"));
        assertThat(answers.getLast().status()).isEqualTo(200);
        assertThat(answers.stream().filter(each -> each.status() == 200).map(IdempotencyTest::id))
                .containsOnly(id(answers.getLast()));
        assertThat(tenant.api().list(Tenant.INSTANCES)).hasSize(1);
    }

    @Test
    void aKeyIsForOneRequestOfOneAccount(Tenant tenant, Tenant other) throws Exception {
        assertThat(HttpProbe.post(tenant, Tenant.INSTANCES, order("first"), "key")
                        .status())
                .isEqualTo(200);
        Answer second = HttpProbe.post(tenant, Tenant.INSTANCES, order("second"), "key");
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.body()).contains("Idempotency-Key", "This key was used for another request");
        assertThat(HttpProbe.post(other, Tenant.INSTANCES, order("second"), "key")
                        .status())
                .isEqualTo(200);
        assertThat(tenant.api().list(Tenant.INSTANCES)).hasSize(1);
    }

    @Test
    void whatWasRefusedMayBeTriedAgainUnderItsKey(Tenant tenant) throws Exception {
        assertThat(HttpProbe.post(tenant, Tenant.INSTANCES, "{}", "again").status())
                .isEqualTo(400);
        assertThat(HttpProbe.post(tenant, Tenant.INSTANCES, order("right"), "again")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatWasAcceptedWhenTheProcessDiedIsNotDoneAgain(Tenant tenant) throws Exception {
        Child scheduler = tenant.cloud().service("scheduler");
        try (Connection database = tenant.cloud().postgreSql().connect("scheduler");
                Statement sql = database.createStatement()) {
            sql.execute("create function scheduler.never() returns trigger language plpgsql"
                    + " as 'begin perform pg_sleep(600); return new; end'");
            sql.execute("create trigger never before update of status on scheduler.idempotency_view"
                    + " for each row when (new.key = 'dies') execute function scheduler.never()");
            Thread.ofVirtual().start(() -> HttpProbe.post(tenant, Tenant.INSTANCES, order("dies"), "dies"));
            tenant.await("accepted", () -> tenant.api().list(Tenant.INSTANCES).size(), 1);
            scheduler.crash();
            sql.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'");
            sql.execute("drop function scheduler.never cascade");
            sql.execute("update scheduler.idempotency_view set asked_at = asked_at - interval '1 hour'");
        }
        scheduler.awaitReady(Tenant.LIMIT);

        Answer again = HttpProbe.post(tenant, Tenant.INSTANCES, order("dies"), "dies");

        assertThat(again.status()).as(again.body()).isEqualTo(400);
        assertThat(again.body()).contains("Idempotency-Key", "was carried out, but its answer was lost");
        assertThat(tenant.api().list(Tenant.INSTANCES)).hasSize(1);
    }

    @Test
    void aClientReadsWhatItWrote(Tenant tenant) {
        String path = Tenant.INSTANCES + "/" + tenant.create("label-0");
        for (int i = 1; i <= WRITES; i++) {
            ObjectNode change = Api.object().put("label", "label-" + i);
            JsonNode answer = tenant.api().put(path, change).body();
            assertThat(answer.path("label").asText()).isEqualTo("label-" + i);
            assertThat(tenant.api().get(path).path("label").asText()).isEqualTo("label-" + i);
            assertThat(tenant.api()
                            .list(Tenant.INSTANCES)
                            .getFirst()
                            .path("label")
                            .asText())
                    .isEqualTo("label-" + i);
        }
    }

    private static String order(String label) {
        ObjectNode order = Tenant.order(label);
        order.remove(List.of("image", "root_pass"));
        return order.toString();
    }

    private static long id(Answer answer) {
        try {
            return Api.JSON.readTree(answer.body()).path("id").asLong();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }
}
