package lpm.account.access;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import lpm.account.access.TokenCommand.IssueToken;
import lpm.account.people.People;
import lpm.account.people.People.Person;
import lpm.account.people.People.TokenLabel;
import lpm.contracts.AccountId;
import lpm.contracts.TokenId;
import lpm.contracts.UserId;
import lpm.contracts.account.TokenEvent.Audience;
import lpm.platform.Ids;
import lpm.platform.rest.ApiTime;
import lpm.platform.rest.TokenHash;

/** Draws new tokens, and keeps how they are shown. */
@Singleton
public final class TokenIssuer {
    /** What the API says of a token that never expires. */
    public static final Instant NEVER = Instant.parse("2999-12-12T05:00:00Z");

    private static final int TOKEN_BYTES = 32;
    private static final int SHOWN_CHARACTERS = 16;

    private final SecureRandom random = new SecureRandom();
    private final Ids ids;
    private final TokenHash hash;
    private final People people;

    public TokenIssuer(Ids ids, TokenHash hash, People people) {
        this.ids = ids;
        this.hash = hash;
        this.people = people;
    }

    /** A token about to be issued; {@code secret} is told to its owner once and to nobody else. */
    public record Draft(IssueToken command, String label, String secret) {
        @Override
        public String toString() {
            return "Draft[" + command.token() + "]";
        }
    }

    /** What somebody asks for. */
    public record Wish(Person owner, Audience audience, String label, List<String> scopes, Instant expiry) {
        public Wish {
            scopes = List.copyOf(scopes);
        }
    }

    /** Draws a new token. */
    public Draft draw(Wish wish) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return of(wish, HexFormat.of().formatHex(bytes));
    }

    /** A token whose text is given, as the first operator's is. */
    public Draft of(Wish wish, String secret) {
        IssueToken command = new IssueToken(
                TokenId.of(ids.next("token")),
                AccountId.of(wish.owner().accountId()),
                UserId.of(wish.owner().id()),
                wish.audience(),
                hash.of(secret),
                wish.scopes(),
                wish.expiry());
        return new Draft(command, wish.label(), secret);
    }

    /** Keeps how an issued token is shown from now on: by the first 16 of its characters. */
    public TokenLabel keep(Draft draft, Instant created) {
        IssueToken issued = draft.command();
        TokenLabel label = new TokenLabel(
                issued.token().value(),
                issued.account().value(),
                issued.user().value(),
                draft.label(),
                String.join(" ", issued.scopes()),
                ApiTime.of(created),
                ApiTime.of(issued.expiry()),
                draft.secret()
                        .substring(0, Math.min(SHOWN_CHARACTERS, draft.secret().length() / 2)));
        people.put(label);
        return label;
    }
}
