package lpm.account;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lpm.account.access.TokenCommand;
import lpm.account.access.TokenDecider;
import lpm.account.access.TokenState;
import lpm.account.access.TokenView;
import lpm.account.access.UserCommand;
import lpm.account.access.UserDecider;
import lpm.account.access.UserState;
import lpm.account.access.UserView;
import lpm.account.activity.FeedCommand;
import lpm.account.activity.FeedDecider;
import lpm.account.activity.FeedInbox;
import lpm.account.activity.FeedState;
import lpm.account.activity.FeedView;
import lpm.account.audit.AuditView;
import lpm.account.audit.CheckpointCommand;
import lpm.account.audit.CheckpointDecider;
import lpm.account.audit.CheckpointKey;
import lpm.account.audit.CheckpointState;
import lpm.account.audit.CheckpointView;
import lpm.account.audit.CheckpointWatcher;
import lpm.account.customer.CustomerCommand;
import lpm.account.customer.CustomerDecider;
import lpm.account.customer.CustomerState;
import lpm.account.customer.CustomerView;
import lpm.account.people.PeopleTables;
import lpm.contracts.Topics;
import lpm.contracts.account.AccountEvent;
import lpm.contracts.account.ActivityEvent;
import lpm.contracts.account.AuditEvent;
import lpm.contracts.account.TokenEvent;
import lpm.contracts.account.UserEvent;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.Watcher;

/** The account service on one screen. */
public final class AccountApp {
    private AccountApp() {}

    /**
     * Its features, and what it reads for them. The audit reads everything, by a reader of its own.
     *
     * @param key what the audit is signed with; without one it is not
     */
    public static App app(Optional<CheckpointKey> key) {
        return new App(
                "account",
                List.of(topic(Topics.SCHEDULER_EVENTS), topic(Topics.MIGRATION_EVENTS), topic(Topics.STORAGE_EVENTS)),
                false,
                List.of(
                        Feature.of(
                                        "account",
                                        CustomerCommand.class,
                                        CustomerState.class,
                                        AccountEvent.class,
                                        new CustomerDecider())
                                .showing(new CustomerView()),
                        Feature.of("user", UserCommand.class, UserState.class, UserEvent.class, new UserDecider())
                                .showing(new UserView()),
                        Feature.of("token", TokenCommand.class, TokenState.class, TokenEvent.class, new TokenDecider())
                                .showing(new TokenView()),
                        Feature.of("feed", FeedCommand.class, FeedState.class, ActivityEvent.class, new FeedDecider())
                                .listening(new FeedInbox())
                                .showing(new FeedView()),
                        Feature.of(
                                        "audit",
                                        CheckpointCommand.class,
                                        CheckpointState.class,
                                        AuditEvent.class,
                                        new CheckpointDecider())
                                .showing(new CheckpointView())),
                List.of(),
                List.of(new PeopleTables(), new AuditView()),
                key.<Watcher>map(CheckpointWatcher::new).stream().toList());
    }

    private static Pattern topic(String name) {
        return Pattern.compile(Pattern.quote(name));
    }
}
