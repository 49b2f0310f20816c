package lpm.account;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import lpm.account.access.TokenIssuer;
import lpm.account.access.TokenIssuer.Wish;
import lpm.account.customer.CustomerView;
import lpm.account.customer.Opening;
import lpm.account.customer.Opening.Applicant;
import lpm.account.people.People;
import lpm.account.people.People.Person;
import lpm.contracts.AccountId;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.account.TokenEvent.Audience;
import lpm.platform.Commands;
import lpm.platform.Query;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.rest.KnownTokens;
import lpm.platform.rest.TokenHash;

/** Issues the tokens a new installation is given from outside. Doing it again changes nothing. */
@Singleton
final class FirstTokens {
    private final Commands commands;
    private final Rows rows;
    private final Opening opening;
    private final People people;
    private final TokenIssuer issuer;
    private final TokenHash hash;
    private final Clock clock = Clock.systemUTC();

    FirstTokens(Commands commands, Rows rows, Opening opening, People people, TokenIssuer issuer, TokenHash hash) {
        this.commands = commands;
        this.rows = rows;
        this.opening = opening;
        this.people = people;
        this.issuer = issuer;
        this.hash = hash;
    }

    /** Makes sure that a token opens an API for the owner's account, which is opened when it is missing. */
    void ensure(String token, Audience audience, Applicant owner) {
        if (rows.get(KnownTokens.TOKENS, hash.of(token), KnownTokens.Token.class)
                .isPresent()) {
            return;
        }
        Instant now = clock.instant();
        List<Command> unit = new ArrayList<>();
        Person person = known(owner).orElseGet(() -> {
            Opening.Draft draft = opening.draft(owner, euuid(owner), Opening.USUAL, now);
            unit.addAll(draft.unit());
            return draft.owner();
        });
        TokenIssuer.Draft draft =
                issuer.of(new Wish(person, audience, "first token", List.of("*"), TokenIssuer.NEVER), token);
        unit.add(draft.command());
        UUID id = UUID.randomUUID();
        Request request = new Request(id, id, null, Actor.service("account"), "first start", now);
        switch (commands.send(request, unit)) {
            case Commands.Outcome.Accepted _ -> issuer.keep(draft, now);
            case Commands.Outcome.Rejected rejected ->
                throw new IllegalStateException("the first tokens were refused: " + rejected.refusal());
        }
    }

    private Optional<Person> known(Applicant owner) {
        String euuid = euuid(owner).toString().toUpperCase(Locale.ROOT);
        return rows.find(CustomerView.TABLE, Query.where("euuid", euuid).limit(1), CustomerView.Row.class).stream()
                .findFirst()
                .flatMap(account -> people.named(AccountId.of(account.id()), owner.username()));
    }

    private static UUID euuid(Applicant owner) {
        return UUID.nameUUIDFromBytes(("lpm account of " + owner.username()).getBytes(StandardCharsets.UTF_8));
    }
}
