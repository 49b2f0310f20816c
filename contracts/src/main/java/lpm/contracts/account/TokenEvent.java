package lpm.contracts.account;

import java.time.Instant;
import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.Event;
import lpm.contracts.TokenId;
import lpm.contracts.UserId;

/** A token; aggregate {@code token:<id>}. What every service authenticates with. */
public sealed interface TokenEvent extends Event {

    /**
     * A token authenticates from now on. Aggregate {@code token:<id>}.
     *
     * @param tokenHash HMAC-SHA-256 of the token under a key that no database holds, in hex
     * @param scopes such as {@code linodes:read_write}; {@code *} for all
     */
    record TokenIssued(
            TokenId token,
            AccountId account,
            UserId user,
            Audience audience,
            String tokenHash,
            List<String> scopes,
            Instant expiry)
            implements TokenEvent {
        public TokenIssued {
            scopes = List.copyOf(scopes);
        }
    }

    /** The token's label changed (the label itself stays in account's table). */
    record TokenRelabelled(TokenId token, AccountId account) implements TokenEvent {}

    /** The token authenticates nobody any more. */
    record TokenRevoked(TokenId token, AccountId account) implements TokenEvent {}

    /** Which API a token opens. */
    enum Audience {
        customer,
        operator
    }
}
