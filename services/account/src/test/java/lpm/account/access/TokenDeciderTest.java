package lpm.account.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import lpm.account.access.TokenCommand.IssueToken;
import lpm.account.access.TokenCommand.RelabelToken;
import lpm.account.access.TokenCommand.RevokeToken;
import lpm.contracts.AccountId;
import lpm.contracts.Limits;
import lpm.contracts.TokenId;
import lpm.contracts.UserId;
import lpm.contracts.account.TokenEvent;
import lpm.contracts.account.TokenEvent.Audience;
import lpm.contracts.account.TokenEvent.TokenIssued;
import lpm.contracts.account.TokenEvent.TokenRelabelled;
import lpm.contracts.account.TokenEvent.TokenRevoked;
import lpm.platform.DeciderSpec;
import lpm.platform.rest.Caller;
import lpm.platform.rest.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenDeciderTest {
    private static final TokenId TOKEN = TokenId.of(5);
    private static final AccountId ACCOUNT = AccountId.of(7);
    private static final AccountId STRANGER = AccountId.of(8);
    private static final UserId USER = UserId.of(3);
    private static final List<String> SCOPES = List.of("linodes:read_only");
    private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");
    private static final TokenIssued ISSUED =
            new TokenIssued(TOKEN, ACCOUNT, USER, Audience.customer, "aa", SCOPES, EXPIRY);

    private final DeciderSpec<TokenCommand, TokenState, TokenEvent> spec = DeciderSpec.of(new TokenDecider());

    @Test
    void issuesOnceRelabelsAndRevokes() {
        spec.when(issue("aa"))
                .then(ISSUED)
                .when(issue("aa"))
                .thenNothing()
                .when(new RelabelToken(TOKEN, ACCOUNT))
                .then(new TokenRelabelled(TOKEN, ACCOUNT))
                .when(new RevokeToken(TOKEN, ACCOUNT))
                .then(new TokenRevoked(TOKEN, ACCOUNT))
                .when(new RevokeToken(TOKEN, ACCOUNT))
                .thenNothing();
    }

    @Test
    void aNumberIsNeverGivenToASecondToken() {
        spec.given(ISSUED).when(issue("bb")).thenRefused("The token was issued before");
    }

    @Test
    void aRevokedTokenIsNeverIssuedAgain() {
        spec.given(ISSUED, new TokenRevoked(TOKEN, ACCOUNT)).when(issue("aa")).thenRefused("Not found");
    }

    @Test
    void anotherAccountsTokenIsNotThere() {
        spec.given(ISSUED).when(new RevokeToken(TOKEN, STRANGER)).thenRefused("Not found");
        spec.when(new RelabelToken(TOKEN, STRANGER)).thenRefused("Not found");
    }

    @Test
    void scopesAreReadWithSpacesOrCommas() {
        assertThat(TokenScopes.parse("linodes:read_only, volumes:read_write  linodes:read_only"))
                .containsExactly("linodes:read_only", "volumes:read_write");
        assertThat(TokenScopes.parse("linodes:read_only *")).containsExactly("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "linodes", "linodes:write", "boats:read_only", "linodes:read_only:x", "ops_hosts:*"})
    void unknownScopesAreRefused(String text) {
        assertThatThrownBy(() -> TokenScopes.parse(text)).isInstanceOf(Refused.class);
    }

    @Test
    void aTokenHandsOnNoMoreThanItHas() {
        Caller reader = caller("account:read_write", "linodes:read_only");

        assertThat(TokenScopes.grantedBy(reader, "linodes:read_only")).containsExactly("linodes:read_only");
        assertThat(TokenScopes.grantedBy(caller("*"), "*")).containsExactly("*");
        assertThatThrownBy(() -> TokenScopes.grantedBy(reader, "*")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> TokenScopes.grantedBy(reader, "linodes:*")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> TokenScopes.grantedBy(reader, "linodes:read_write"))
                .isInstanceOf(Refused.class);
    }

    private static Caller caller(String... scopes) {
        Limits limits = new Limits(1, 1, 1, 1, 1);
        return new Caller(1, ACCOUNT, USER, Caller.Audience.customer, List.of(scopes), limits, false);
    }

    private static IssueToken issue(String hash) {
        return new IssueToken(TOKEN, ACCOUNT, USER, Audience.customer, hash, SCOPES, EXPIRY);
    }
}
