package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small rules every service keeps. */
class RestRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

    @Path("/x")
    static class Careless {
        @GET
        public String guarded() {
            return "";
        }

        @POST
        @Scopes("linodes:read_write")
        @CreateLimited
        public String create() {
            return "";
        }

        public String noEndpoint() {
            return "";
        }
    }

    @Path("/y")
    @Scopes("linodes:read_only")
    static class Careful {
        @GET
        public String list() {
            return "";
        }

        @GET
        @Public
        public String open() {
            return "";
        }
    }

    @Test
    void anEndpointThatSaysNothingIsFound() throws NoSuchMethodException {
        assertThat(Guard.missing(Careless.class)).containsExactly("Careless.guarded");
        assertThat(Guard.missing(Careful.class)).isEmpty();
        assertThat(Guard.of(Careless.class, Careless.class.getMethod("create")))
                .contains(new Guard(false, List.of("linodes:read_write"), true));
        assertThat(Guard.of(Careful.class, Careful.class.getMethod("open")))
                .contains(new Guard(true, List.of(), false));
    }

    @Test
    void thePlatformsOwnEndpointsSayWhoMayCall() {
        assertThat(Guard.missing(HistoryResource.class)).isEmpty();
        assertThat(Guard.missing(ProjectionsResource.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v4beta/linode/instances,/v4/linode/instances",
        "/v4beta,/v4",
        "/v4/networking/ips/,/v4/networking/ips",
        "/v4betamax/x,/v4betamax/x",
        "/,/"
    })
    void betaIsTheSameAsStable(String asked, String served) {
        assertThat(BetaPaths.plain(asked)).isEqualTo(served);
    }

    @Test
    void timesHaveNoZoneAndNoFraction() {
        assertThat(ApiTime.of(NOW)).isEqualTo("2026-01-01T00:00:00");
        assertThat(ApiTime.parse("2026-01-01T00:00:00")).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(ApiTime.parse("yesterday")).isEmpty();
    }

    @Test
    void aTokensHashDependsOnTheKey() {
        TokenHash one = new TokenHash(Optional.of("00".repeat(32)));
        TokenHash other = new TokenHash(Optional.of("01".repeat(32)));

        assertThat(one.of("token")).hasSize(64).isEqualTo(one.of("token")).isNotEqualTo(other.of("token"));
    }

    @Test
    void theClientsRequestIdIsTheChainsId() {
        UUID id = UUID.fromString("0194f1d0-0000-7000-8000-000000000000");

        assertThat(Correlation.of(id.toString(), NOW)).isEqualTo(id);
        assertThat(Correlation.of("order 5", NOW)).isEqualTo(Correlation.of("order 5", NOW));
        assertThat(Correlation.of(null, NOW).version()).isEqualTo(7);
    }

    @Test
    void aSilentAccountStopsWritesAfterAMinute() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        AccountPulse pulse = new AccountPulse(now::get);
        assertThat(pulse.alive()).isTrue();

        pulse.heard();
        now.set(NOW.plus(AccountPulse.MAX_SILENCE));
        assertThat(pulse.alive()).isTrue();
        now.set(now.get().plusMillis(1));
        assertThat(pulse.alive()).isFalse();

        pulse.own();
        now.set(NOW.plus(Duration.ofHours(1)));
        assertThat(pulse.alive()).isTrue();
    }

    @Test
    void anActivityThatCameBeforeTheWaitIsFound() {
        ActivityWait wait = new ActivityWait();
        UUID event = UUID.randomUUID();
        assertThat(wait.await(List.of(event))).isEmpty();

        wait.listen();
        wait.heard(event, 41);
        wait.heard(event, 42);

        assertThat(wait.await(List.of(UUID.randomUUID(), event))).contains(41L);
        assertThat(wait.await(List.of(UUID.randomUUID()))).isEmpty();
    }
}
