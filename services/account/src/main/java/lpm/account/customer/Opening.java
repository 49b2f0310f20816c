package lpm.account.customer;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import lpm.account.access.UserCommand.AddUser;
import lpm.account.customer.CustomerCommand.OpenAccount;
import lpm.account.people.People;
import lpm.account.people.People.Person;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.Limits;
import lpm.contracts.UserId;
import lpm.platform.Ids;
import lpm.platform.rest.ApiTime;

/** A new account with its first user: the personal part is kept first, so that nobody is ever without a name. */
@Singleton
public final class Opening {
    /** What an account may without further agreement. */
    public static final Limits USUAL = new Limits(200, 200, 20_000, 100_000, 2_000);

    private final Ids ids;
    private final People people;

    public Opening(Ids ids, People people) {
        this.ids = ids;
        this.people = people;
    }

    /** Who opens it. */
    public record Applicant(String username, String email, String company) {}

    /** What is to be decided, as one unit. */
    public record Draft(AccountId account, Person owner, List<Command> unit) {
        public Draft {
            unit = List.copyOf(unit);
        }
    }

    public Draft draft(Applicant applicant, UUID euuid, Limits limits, Instant now) {
        AccountId account = AccountId.of(ids.next("account"));
        Person owner = new Person(
                ids.next("user"),
                account.value(),
                applicant.username(),
                applicant.email(),
                false,
                "GMT",
                true,
                "password_keys",
                List.of(),
                ApiTime.of(now));
        people.put(owner);
        people.put(new People.Contact(
                account.value(), Map.of("email", applicant.email(), "company", applicant.company())));
        return new Draft(
                account,
                owner,
                List.of(
                        new OpenAccount(account, euuid.toString().toUpperCase(Locale.ROOT), limits),
                        new AddUser(UserId.of(owner.id()), account, false)));
    }
}
