package lpm.account.access;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import lpm.account.access.UserState.Absent;
import lpm.account.access.UserState.Gone;
import lpm.account.access.UserState.Present;
import lpm.contracts.Envelope;
import lpm.contracts.account.UserEvent;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.platform.rest.KnownTokens;

/** Users as rows, by number. Names lie elsewhere, see {@link lpm.account.people.People}. */
public final class UserView implements View<UserEvent, UserState> {
    public static final String TABLE = "user_view";

    private final KnownTokens known = new KnownTokens();

    /** A user that is there. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(long id, long accountId, boolean restricted) {}

    @Override
    public List<String> tables() {
        return List.of(TABLE, KnownTokens.USERS);
    }

    @Override
    public void project(Envelope<UserEvent> event, UserState after, Rows rows) {
        switch (after) {
            case Present user ->
                rows.put(
                        TABLE,
                        user.user().toString(),
                        new Row(user.user().value(), user.account().value(), user.restricted()));
            case Gone gone -> rows.delete(TABLE, gone.user().toString());
            case Absent _ -> throw new IllegalStateException("an event left no user behind");
        }
        known.note(event, rows);
    }
}
