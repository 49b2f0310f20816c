package lpm.platform.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.Envelope;
import lpm.contracts.Limits;
import lpm.contracts.UserId;
import lpm.contracts.account.AccountEvent;
import lpm.contracts.account.TokenEvent;
import lpm.contracts.account.UserEvent;
import lpm.platform.KnownView;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Rows;

/**
 * Who may call, in each service's own rows, from account's events. The one class of the platform that knows words of a
 * service: five services authenticate in the same way, and five copies of it would be five chances to get it wrong.
 */
public final class KnownTokens implements KnownView {
    public static final String TOKENS = "known_token_view";
    public static final String ACCOUNTS = "known_account_view";
    public static final String USERS = "known_user_view";

    /** What is known of a token; revoked ones are kept, so that they are refused without waiting for news. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Token(
            String tokenHash,
            long tokenId,
            long accountId,
            long userId,
            String audience,
            List<String> scopes,
            Instant expiry,
            boolean revoked) {
        Token revoke() {
            return new Token(tokenHash, tokenId, accountId, userId, audience, scopes, expiry, true);
        }
    }

    /** What is known of an account. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Account(long accountId, Limits limits, boolean suspended) {}

    /** What is known of a user. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record User(long userId, long accountId, boolean removed) {}

    @Override
    public List<String> tables() {
        return List.of(TOKENS, ACCOUNTS, USERS);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        switch (foreign.data()) {
            case TokenEvent event -> noteToken(event, rows);
            case AccountEvent event -> noteAccount(event, rows);
            case UserEvent event -> noteUser(event, rows);
            default -> {
                // not about who may call
            }
        }
    }

    private static void noteToken(TokenEvent event, Rows rows) {
        switch (event) {
            case TokenEvent.TokenIssued issued ->
                rows.put(
                        TOKENS,
                        issued.tokenHash(),
                        new Token(
                                issued.tokenHash(),
                                issued.token().value(),
                                issued.account().value(),
                                issued.user().value(),
                                issued.audience().name(),
                                issued.scopes(),
                                issued.expiry(),
                                false));
            case TokenEvent.TokenRevoked revoked ->
                rows.find(TOKENS, Query.where("token_id", revoked.token().value()), Token.class)
                        .forEach(token -> rows.put(TOKENS, token.tokenHash(), token.revoke()));
            case TokenEvent.TokenRelabelled _ -> {
                // labels open nothing
            }
        }
    }

    private static void noteAccount(AccountEvent event, Rows rows) {
        switch (event) {
            case AccountEvent.AccountOpened opened ->
                put(rows, new Account(opened.account().value(), opened.limits(), false));
            case AccountEvent.LimitsChanged changed ->
                account(rows, changed.account())
                        .ifPresent(known ->
                                put(rows, new Account(known.accountId(), changed.limits(), known.suspended())));
            case AccountEvent.AccountSuspended suspended ->
                account(rows, suspended.account())
                        .ifPresent(known -> put(rows, new Account(known.accountId(), known.limits(), true)));
            case AccountEvent.AccountResumed resumed ->
                account(rows, resumed.account())
                        .ifPresent(known -> put(rows, new Account(known.accountId(), known.limits(), false)));
            case AccountEvent.AccountSettingsChanged _ -> {
                // settings open nothing
            }
        }
    }

    private static void noteUser(UserEvent event, Rows rows) {
        switch (event) {
            case UserEvent.UserAdded added ->
                put(rows, new User(added.user().value(), added.account().value(), false));
            case UserEvent.UserChanged _ -> {
                // grants are account's own business so far
            }
            case UserEvent.UserRemoved removed ->
                put(rows, new User(removed.user().value(), removed.account().value(), true));
        }
    }

    /** Reads what was noted. A token counts once its account is known; a removed user's tokens open nothing. */
    public static TokenLookup lookup(Lookup rows) {
        return (hash, now) -> {
            Optional<Token> token = rows.get(TOKENS, hash, Token.class);
            if (token.isEmpty()) {
                return new TokenLookup.Answer(false, Optional.empty());
            }
            Token known = token.get();
            if (known.revoked() || !now.isBefore(known.expiry()) || removed(rows, known.userId())) {
                return new TokenLookup.Answer(true, Optional.empty());
            }
            Optional<Caller> caller =
                    account(rows, new AccountId(known.accountId())).map(account -> caller(known, account));
            return new TokenLookup.Answer(caller.isPresent(), caller);
        };
    }

    private static Caller caller(Token token, Account account) {
        return new Caller(
                token.tokenId(),
                new AccountId(token.accountId()),
                new UserId(token.userId()),
                Caller.Audience.valueOf(token.audience()),
                token.scopes(),
                account.limits(),
                account.suspended());
    }

    private static boolean removed(Lookup rows, long user) {
        return rows.get(USERS, String.valueOf(user), User.class)
                .map(User::removed)
                .orElse(false);
    }

    private static Optional<Account> account(Lookup rows, AccountId id) {
        return rows.get(ACCOUNTS, id.toString(), Account.class);
    }

    private static void put(Rows rows, Account account) {
        rows.put(ACCOUNTS, String.valueOf(account.accountId()), account);
    }

    private static void put(Rows rows, User user) {
        rows.put(USERS, String.valueOf(user.userId()), user);
    }
}
