package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.AccountId;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.Limits;
import lpm.contracts.TokenId;
import lpm.contracts.UserId;
import lpm.contracts.account.AccountEvent;
import lpm.contracts.account.TokenEvent;
import lpm.contracts.account.UserEvent;
import lpm.platform.rows.InMemoryRows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From account's events to who may call what. */
class AccessTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant EXPIRY = NOW.plusSeconds(60);
    private static final AccountId ACCOUNT = AccountId.of(7);
    private static final UserId USER = UserId.of(8);
    private static final Limits LIMITS = new Limits(1, 1, 1, 10, 10);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Access.Unknown UNKNOWN = new Access.Unknown();

    private final TokenHash hash = new TokenHash(Optional.of("00112233445566778899aabbccddeeff"));
    private final InMemoryRows rows = new InMemoryRows();
    private final KnownTokens known = new KnownTokens();
    private final Access access = new Access(hash, KnownTokens.lookup(rows));

    @BeforeEach
    void issue() {
        note(new AccountEvent.AccountOpened(ACCOUNT, "euuid", LIMITS));
        note(new UserEvent.UserAdded(USER, ACCOUNT, false));
        note(issued(1, SECRET, TokenEvent.Audience.customer, "linodes:read_write", "volumes:read_only"));
    }

    @Test
    void aValidTokenOpensWhatItsScopesSay() {
        assertThat(read("linodes:read_only")).isInstanceOf(Access.Granted.class);
        assertThat(write("linodes:read_write")).isInstanceOf(Access.Granted.class);
        assertThat(read("volumes:read_only")).isInstanceOf(Access.Granted.class);
        assertThat(read()).isInstanceOf(Access.Granted.class);
    }

    @Test
    void aReadOnlyTokenDoesNotWrite() {
        assertThat(write("volumes:read_write"))
                .isInstanceOfSatisfying(Access.Denied.class, denied -> assertThat(denied.reason())
                        .isEqualTo("Unauthorized"));
        assertThat(read("account:read_only")).isInstanceOf(Access.Denied.class);
        assertThat(read("linodes:read_only", "account:read_only")).isInstanceOf(Access.Denied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic 0123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef",
                "Bearer short",
                "Bearer 0123456789abcdef0123456789abcdef extra"
            })
    void whatIsNoTokenIsNobody(String header) {
        assertThat(access.check(question(header, false), NOW)).isEqualTo(UNKNOWN);
    }

    @Test
    void noHeaderAndAStrangersTokenAreNobody() {
        assertThat(access.check(question(null, false), NOW)).isEqualTo(UNKNOWN);
        assertThat(access.check(question("Bearer " + "f".repeat(64), false), NOW))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void aRevokedTokenIsNobody() {
        note(new TokenEvent.TokenRevoked(TokenId.of(1), ACCOUNT));

        assertThat(read()).isEqualTo(UNKNOWN);
    }

    @Test
    void aTokenEndsWithItsExpiry() {
        Access.Question question = question("Bearer " + SECRET, false);

        assertThat(access.check(question, EXPIRY.minusMillis(1))).isInstanceOf(Access.Granted.class);
        assertThat(access.check(question, EXPIRY)).isEqualTo(UNKNOWN);
    }

    @Test
    void aRemovedUsersTokensOpenNothing() {
        note(new UserEvent.UserRemoved(USER, ACCOUNT));

        assertThat(read()).isEqualTo(UNKNOWN);
    }

    @Test
    void aSuspendedAccountReadsButDoesNotWriteUntilItIsResumed() {
        note(new AccountEvent.AccountSuspended(ACCOUNT, "billing"));
        assertThat(read("linodes:read_only")).isInstanceOf(Access.Granted.class);
        assertThat(write("linodes:read_write")).isInstanceOf(Access.Denied.class);

        note(new AccountEvent.AccountResumed(ACCOUNT));
        assertThat(write("linodes:read_write")).isInstanceOf(Access.Granted.class);
    }

    @Test
    void eachAudienceHasItsOwnTokens() {
        String operators = "operator-operator-operator";
        note(issued(2, operators, TokenEvent.Audience.operator, "*"));

        assertThat(ask("Bearer " + SECRET, "/ops/v1/hosts")).isEqualTo(UNKNOWN);
        assertThat(ask("Bearer " + operators, "/v4/linode/instances")).isEqualTo(UNKNOWN);
        assertThat(ask("Bearer " + operators, "/ops/v1/hosts")).isInstanceOf(Access.Granted.class);
    }

    @Test
    void changedLimitsAreTheCallers() {
        Limits raised = new Limits(2, 2, 2, 20, 20);
        note(new AccountEvent.LimitsChanged(ACCOUNT, raised));

        assertThat(read()).isInstanceOfSatisfying(Access.Granted.class, granted -> assertThat(
                        granted.caller().limits())
                .isEqualTo(raised));
    }

    private Access.Verdict read(String... scopes) {
        return access.check(
                new Access.Question("Bearer " + SECRET, Caller.Audience.customer, List.of(scopes), false), NOW);
    }

    private Access.Verdict write(String... scopes) {
        return access.check(
                new Access.Question("Bearer " + SECRET, Caller.Audience.customer, List.of(scopes), true), NOW);
    }

    private Access.Verdict ask(String header, String path) {
        return access.check(new Access.Question(header, Access.audienceOf(path), List.of(), false), NOW);
    }

    private static Access.Question question(@Nullable String header, boolean writes) {
        return new Access.Question(header, Caller.Audience.customer, List.of(), writes);
    }

    private TokenEvent issued(long id, String secret, TokenEvent.Audience audience, String... scopes) {
        return new TokenEvent.TokenIssued(
                TokenId.of(id), ACCOUNT, USER, audience, hash.of(secret), List.of(scopes), EXPIRY);
    }

    private void note(Event event) {
        UUID id = new UUID(1, 1);
        known.note(
                new Envelope<>(
                        id,
                        "account.Any",
                        1,
                        "account:7",
                        0L,
                        null,
                        7L,
                        null,
                        null,
                        null,
                        null,
                        NOW,
                        id,
                        null,
                        Actor.service("account"),
                        null,
                        event),
                rows);
    }
}
