package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.platform.Refusal;
import lpm.platform.StoreUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorsTest {
    private static final ObjectMapper MAPPER = ApiJson.mapper();
    private final ApiErrors errors = new ApiErrors();

    enum Power {
        on,
        off
    }

    record Body(Optional<String> label, int size, boolean booted, List<Inner> inner, Optional<Power> power) {}

    record Inner(Optional<Long> linodeId, Optional<Instant> at) {}

    @Test
    void aRefusalNamesItsFieldAndLeavesOutAnAbsentOne() throws JsonProcessingException {
        assertThat(json(errors.refused(Refused.of("region", "region is not valid"))))
                .isEqualTo("{\"errors\":[{\"reason\":\"region is not valid\",\"field\":\"region\"}]}");
        assertThat(json(errors.refused(Refused.of("No room")))).isEqualTo("{\"errors\":[{\"reason\":\"No room\"}]}");
    }

    @Test
    void busyIsOneErrorOfThatExactTextWithAWholeNumberOfSecondsToWait() throws JsonProcessingException {
        Response busy = errors.refused(new Refused(Refusal.busy()));

        assertThat(busy.getStatus()).isEqualTo(400);
        assertThat(json(busy)).isEqualTo("{\"errors\":[{\"reason\":\"Linode busy.\"}]}");
        assertThat(busy.getHeaderString("Retry-After")).matches("[0-9]+");
        assertThat(errors.refused(Refused.of("label", "x")).getHeaderString("Retry-After"))
                .isNull();
    }

    @Test
    void otherKindsHaveTheirOwnCodes() {
        assertThat(errors.refused(Refused.notFound()).getStatus()).isEqualTo(404);
        assertThat(errors.http(new NotFoundException()).getStatus()).isEqualTo(404);
        assertThat(errors.http(new NotAllowedException("GET")).getStatus()).isEqualTo(405);
    }

    @Test
    void anAbsentStoreAsksToComeBack() {
        Response away = errors.unavailable(new StoreUnavailable("gone", new SQLException("gone")));

        assertThat(away.getStatus()).isEqualTo(503);
        assertThat(away.getHeaderString("Retry-After")).isEqualTo("1");
    }

    @Test
    void nothingOfTheInsideShows() throws JsonProcessingException {
        Response failed = errors.unexpected(new IllegalStateException("password=secret at lpm.Inside"));

        assertThat(failed.getStatus()).isEqualTo(500);
        assertThat(json(failed)).doesNotContain("secret").doesNotContain("lpm.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"label\":5}|label|Must be a string",
                "{\"size\":\"5\"}|size|Must be an integer",
                "{\"size\":1.5}|size|Must be an integer",
                "{\"booted\":1}|booted|Must be true or false",
                "{\"inner\":{}}|inner|Must be a list",
                "{\"inner\":[{\"linode_id\":\"x\"}]}|inner[0].linode_id|Must be an integer",
                "{\"inner\":[{\"at\":\"yesterday\"}]}|inner[0].at|Must be a time such as 2018-01-02T03:04:05",
                "{\"power\":\"half\"}|power|Must be one of on, off"
            })
    void aWrongTypeNamesItsField(String body, String field, String reason) {
        assertThat(JsonErrors.of(failure(body)).errors()).containsExactly(new ErrorJson.Entry(reason, field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"label\":|Malformed JSON", "nonsense|Malformed JSON", "{} {}|Must be an object"})
    void whatIsNoJsonNamesNoField(String body, String reason) {
        assertThat(JsonErrors.of(failure(body)).errors()).hasSize(1).allSatisfy(each -> {
            assertThat(each.field()).isNull();
            assertThat(each.reason()).isEqualTo(reason);
        });
    }

    @Test
    void deepAndLongInputIsRefusedByName() {
        String deep = "{\"x\":".repeat(ApiJson.MAX_DEPTH + 1) + "1" + "}".repeat(ApiJson.MAX_DEPTH + 1);
        String large = "{\"label\":\"" + "x".repeat(ApiJson.MAX_TEXT_CHARACTERS + 1) + "\"}";

        assertThat(List.of(deep, large))
                .allSatisfy(body -> assertThat(JsonErrors.of(failure(body)).errors())
                        .containsExactly(new ErrorJson.Entry(
                                "JSON is nested too deeply or has a value that is too long", null)));
    }

    @Test
    void absentAndUnknownFieldsAreTolerated() throws JsonProcessingException {
        Body body = MAPPER.readValue("{\"size\":3,\"surprise\":{}}", Body.class);

        assertThat(body.label()).isEmpty();
        assertThat(body.size()).isEqualTo(3);
    }

    private static JsonProcessingException failure(String body) {
        try {
            Body read = MAPPER.readValue(body, Body.class);
            throw new AssertionError("was read: " + read);
        } catch (JsonProcessingException e) {
            return e;
        }
    }

    private static String json(Response response) throws JsonProcessingException {
        return MAPPER.writeValueAsString(response.getEntity());
    }
}
