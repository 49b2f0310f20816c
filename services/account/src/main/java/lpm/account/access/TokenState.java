package lpm.account.access;

import java.time.Instant;
import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.TokenId;
import lpm.contracts.UserId;
import lpm.contracts.account.TokenEvent.Audience;

/** A token, folded. */
public sealed interface TokenState {
    /** There is none. */
    record Unissued() implements TokenState {}

    /** Authenticates, until it expires. */
    record Valid(
            TokenId token,
            AccountId account,
            UserId user,
            Audience audience,
            String tokenHash,
            List<String> scopes,
            Instant expiry)
            implements TokenState {
        public Valid {
            scopes = List.copyOf(scopes);
        }
    }

    /** Authenticates nobody. */
    record Revoked(TokenId token, AccountId account) implements TokenState {}
}
