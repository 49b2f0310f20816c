package lpm.account.access;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import lpm.account.access.TokenState.Revoked;
import lpm.account.access.TokenState.Unissued;
import lpm.account.access.TokenState.Valid;
import lpm.contracts.Envelope;
import lpm.contracts.account.TokenEvent;
import lpm.contracts.account.TokenEvent.Audience;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.platform.rest.ApiTime;
import lpm.platform.rest.KnownTokens;

/** Valid tokens as rows; and what this service itself authenticates with. */
public final class TokenView implements View<TokenEvent, TokenState> {
    public static final String TABLE = "token_view";

    private final KnownTokens known = new KnownTokens();

    /** A token that was not revoked. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(
            long id, long accountId, long userId, Audience audience, String scopes, String created, String expiry) {}

    @Override
    public List<String> tables() {
        return List.of(TABLE, KnownTokens.TOKENS);
    }

    @Override
    public void project(Envelope<TokenEvent> event, TokenState after, Rows rows) {
        switch (after) {
            case Valid token -> {
                String id = token.token().toString();
                String created =
                        rows.get(TABLE, id, Row.class).map(Row::created).orElse(ApiTime.of(event.occurredAt()));
                rows.put(TABLE, id, row(token, created));
            }
            case Revoked token -> rows.delete(TABLE, token.token().toString());
            case Unissued _ -> throw new IllegalStateException("an event left no token behind");
        }
        known.note(event, rows);
    }

    private static Row row(Valid token, String created) {
        return new Row(
                token.token().value(),
                token.account().value(),
                token.user().value(),
                token.audience(),
                String.join(" ", token.scopes()),
                created,
                ApiTime.of(token.expiry()));
    }
}
