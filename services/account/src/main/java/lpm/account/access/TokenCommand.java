package lpm.account.access;

import java.time.Instant;
import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.TokenId;
import lpm.contracts.UserId;
import lpm.contracts.account.TokenEvent.Audience;

/** Orders to a token. The token itself never travels with them, only its keyed hash. */
public sealed interface TokenCommand extends Command {
    TokenId token();

    AccountId account();

    @Override
    default String aggregateId() {
        return token().aggregateId();
    }

    /** It authenticates from now on. */
    record IssueToken(
            TokenId token,
            AccountId account,
            UserId user,
            Audience audience,
            String tokenHash,
            List<String> scopes,
            Instant expiry)
            implements TokenCommand {
        public IssueToken {
            scopes = List.copyOf(scopes);
        }
    }

    /** Its label changed. */
    record RelabelToken(TokenId token, AccountId account) implements TokenCommand {}

    /** It authenticates nobody any more. */
    record RevokeToken(TokenId token, AccountId account) implements TokenCommand {}
}
