package lpm.account.customer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import lpm.account.customer.CustomerState.Suspended;
import lpm.account.customer.CustomerState.Terms;
import lpm.contracts.Envelope;
import lpm.contracts.Limits;
import lpm.contracts.account.AccountEvent;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.platform.rest.ApiTime;
import lpm.platform.rest.KnownTokens;

/** Accounts as rows; and what this service itself authenticates with. */
public final class CustomerView implements View<AccountEvent, CustomerState> {
    public static final String TABLE = "account_view";

    private final KnownTokens known = new KnownTokens();

    /** An account. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(
            long id,
            String euuid,
            Limits limits,
            boolean suspended,
            String maintenancePolicy,
            boolean backupsEnabled,
            String activeSince) {}

    @Override
    public List<String> tables() {
        return List.of(TABLE, KnownTokens.ACCOUNTS);
    }

    @Override
    public void project(Envelope<AccountEvent> event, CustomerState after, Rows rows) {
        Terms terms = CustomerDecider.terms(after);
        String id = terms.account().toString();
        String since = rows.get(TABLE, id, Row.class).map(Row::activeSince).orElse(ApiTime.of(event.occurredAt()));
        rows.put(
                TABLE,
                id,
                new Row(
                        terms.account().value(),
                        terms.euuid(),
                        terms.limits(),
                        after instanceof Suspended,
                        terms.maintenancePolicy(),
                        terms.backupsEnabled(),
                        since));
        known.note(event, rows);
    }
}
