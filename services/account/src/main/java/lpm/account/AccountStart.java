package lpm.account;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import lpm.account.audit.AuditTrail;
import lpm.account.customer.Opening.Applicant;
import lpm.contracts.account.TokenEvent.Audience;
import lpm.platform.kafka.RawReader;
import lpm.platform.rest.AccountPulse;
import lpm.platform.runtime.RuntimeOpen;
import lpm.platform.store.Store;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What account does once its tables are there: first tokens, then the audit's reader. */
@Singleton
final class AccountStart {
    private static final int MIN_TOKEN_CHARACTERS = 16;

    private final FirstTokens tokens;
    private final Settings settings;
    private final Thread reader;

    AccountStart(FirstTokens tokens, Settings settings, Store store, AuditTrail trail, AccountPulse pulse) {
        this.tokens = tokens;
        this.settings = settings;
        pulse.own();
        RawReader audit = new RawReader(
                AuditTrail.READER,
                AuditTrail.TOPICS,
                Map.of("bootstrap.servers", settings.kafka),
                store,
                trail::append);
        reader = Thread.ofPlatform().name(AuditTrail.READER).daemon().unstarted(audit);
    }

    /** What the environment says. */
    @Singleton
    static final class Settings {
        private final String kafka;
        private final Optional<String> operatorToken;
        private final Optional<String> demoToken;

        Settings(
                @ConfigProperty(name = "lpm.kafka") String kafka,
                @ConfigProperty(name = "lpm.operator.token") Optional<String> operatorToken,
                @ConfigProperty(name = "lpm.demo.token") Optional<String> demoToken) {
            this.kafka = kafka;
            this.operatorToken = operatorToken;
            this.demoToken = demoToken;
        }
    }

    /** What is wrong ends the start. */
    void onStart(@Observes StartupEvent started) {
        settings.operatorToken.ifPresent(token -> check("LPM_OPERATOR_TOKEN", token));
        settings.demoToken.ifPresent(token -> check("LPM_DEMO_TOKEN", token));
    }

    void onOpen(@Observes RuntimeOpen open) {
        settings.operatorToken.ifPresent(token ->
                tokens.ensure(token, Audience.operator, new Applicant("operator", "operator@localhost", "Operators")));
        settings.demoToken.ifPresent(
                token -> tokens.ensure(token, Audience.customer, new Applicant("demo", "demo@localhost", "Demo")));
        reader.start();
    }

    void onStop(@Observes ShutdownEvent stopped) {
        reader.interrupt();
    }

    private static void check(String name, String token) {
        if (!token.matches("[0-9A-Za-z_-]{" + MIN_TOKEN_CHARACTERS + ",128}")) {
            throw new IllegalArgumentException(name + " must be " + MIN_TOKEN_CHARACTERS
                    + "-128 letters, digits, _ or -, found " + token.length() + " characters");
        }
    }
}
