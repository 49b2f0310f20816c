package lpm.platform.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.platform.Commands;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Request;
import lpm.platform.Rows;
import org.jspecify.annotations.Nullable;

/** The request being served: who calls, and the ways to answer it. Resources take it in their constructor. */
@RequestScoped
public class Call {
    /** How long an id that a row of a foreign fact should know may still be on its way, in milliseconds. */
    static final long FOREIGN_WAIT_MILLIS = 1000;

    private static final long POLL_MILLIS = 20;

    private final Commands commands;
    private final Lookup rows;
    private final ActivityWait activities;
    private final Clock clock = Clock.systemUTC();

    private @Nullable Caller caller;
    private @Nullable ContainerRequestContext http;
    private @Nullable UUID correlation;
    private @Nullable Long eventId;
    private RateLimits.@Nullable Verdict rate;
    private IdempotencyKeys.@Nullable Held held;
    private Runnable onAccepted = () -> {};
    private BooleanSupplier admission = () -> true;
    private List<String> needs = List.of();
    private byte[] body = {};

    public Call(Commands commands, Lookup rows, ActivityWait activities) {
        this.commands = commands;
        this.rows = rows;
        this.activities = activities;
    }

    void enter(ContainerRequestContext context, @Nullable Caller who, List<String> scopes) {
        http = context;
        caller = who;
        needs = scopes;
    }

    void limited(RateLimits.Verdict verdict) {
        rate = verdict;
    }

    void admitted(BooleanSupplier stillLetIn) {
        admission = stillLetIn;
    }

    void body(byte[] bytes) {
        body = bytes;
    }

    byte[] body() {
        return body;
    }

    /** The key that this call holds; that it is accepted is noted in the transaction of its commands. */
    void idempotent(IdempotencyKeys.Held key, Runnable accept) {
        held = key;
        onAccepted = accept;
    }

    Optional<IdempotencyKeys.Held> held() {
        return Optional.ofNullable(held);
    }

    /** Who calls; present wherever the endpoint is not public. */
    public Caller caller() {
        return callerIfAny().orElseThrow(() -> new IllegalStateException("a public endpoint has no caller"));
    }

    /** Who calls, for endpoints that answer without a token too. */
    public Optional<Caller> callerIfAny() {
        return Optional.ofNullable(caller);
    }

    /** The caller's account. */
    public AccountId account() {
        return caller().account();
    }

    /** The time of the call's next step. */
    public Instant now() {
        return clock.instant();
    }

    /** A new command's origin: its own id, and the correlation id of this call (X-Request-Id, or a new one). */
    public Request request() {
        Instant now = now();
        return new Request(TimeOrderedId.at(now), correlation(), null, caller().actor(), null, now);
    }

    /** Decides one command and gives the aggregate's state afterwards. Throws {@link Refused}. */
    public <S> S send(Command command, Class<S> state) {
        return send(List.of(command)).state(command.aggregateId(), state);
    }

    /**
     * Decides commands as one unit, all or nothing; throws {@link Refused}. Waits shortly for the activity that tells
     * of it, and names that in X-Event-Id.
     */
    public Commands.Outcome.Accepted send(List<? extends Command> unit) {
        return telling(sendSilently(unit));
    }

    /** The same; once it is accepted, rows that no event may tell are written in its transaction. */
    public Commands.Outcome.Accepted send(List<? extends Command> unit, Consumer<Rows> beside) {
        return telling(decided(unit, beside));
    }

    private Commands.Outcome.Accepted telling(Commands.Outcome.Accepted accepted) {
        List<UUID> events = accepted.decided().stream()
                .flatMap(each -> each.events().stream())
                .toList();
        if (!events.isEmpty()) {
            activities.await(events).ifPresent(this::eventId);
        }
        return accepted;
    }

    /** Decides a unit that no activity tells of. */
    public Commands.Outcome.Accepted sendSilently(List<? extends Command> unit) {
        return decided(unit, Commands.NOTHING_BESIDE);
    }

    private Commands.Outcome.Accepted decided(List<? extends Command> unit, Consumer<Rows> beside) {
        Commands.Outcome outcome = commands.send(request(), unit, rows -> {
            onAccepted.run();
            beside.accept(rows);
        });
        return switch (outcome) {
            case Commands.Outcome.Accepted accepted -> accepted;
            case Commands.Outcome.Rejected rejected -> throw new Refused(rejected.refusal());
        };
    }

    /** Names the activity in the answer's X-Event-Id. */
    public void eventId(long activityId) {
        eventId = activityId;
    }

    /** One page of rows, narrowed by the base query, the X-Filter header and {@code page}, {@code page_size}. */
    public <T> Page<T> page(String table, Query base, Class<T> row) {
        return paging().read(rows, table, filtered(base, row), row);
    }

    /** The base query narrowed by the X-Filter header; an order that it asks for comes first. */
    public <T> Query filtered(Query base, Class<T> row) {
        return XFilter.parse(http().getHeaderString(XFilter.HEADER), row).apply(base);
    }

    /** Whether the caller would still be let in; may be asked for as long as the answer goes on. */
    public BooleanSupplier admission() {
        return admission;
    }

    /** The page asked for. */
    public Paging paging() {
        var parameters = http().getUriInfo().getQueryParameters();
        return Paging.parse(parameters.getFirst("page"), parameters.getFirst("page_size"));
    }

    /** A row, or 404. */
    public <T> T row(String table, String id, Class<T> type) {
        return rows.get(table, id, type).orElseThrow(Refused::notFound);
    }

    /** A row made from another service's facts, which may still be on their way; or 404 after a second. */
    public <T> T foreignRow(String table, String id, Class<T> type) {
        long until = System.nanoTime() + FOREIGN_WAIT_MILLIS * 1_000_000;
        Optional<T> found = rows.get(table, id, type);
        while (found.isEmpty() && System.nanoTime() < until) {
            Pause.millis(POLL_MILLIS);
            found = rows.get(table, id, type);
        }
        return found.orElseThrow(Refused::notFound);
    }

    UUID correlation() {
        UUID known = correlation;
        if (known == null) {
            known = Correlation.of(http().getHeaderString("X-Request-Id"), now());
            correlation = known;
        }
        return known;
    }

    Optional<Long> eventId() {
        return Optional.ofNullable(eventId);
    }

    Optional<RateLimits.Verdict> rate() {
        return Optional.ofNullable(rate);
    }

    List<String> needs() {
        return needs;
    }

    private ContainerRequestContext http() {
        ContainerRequestContext context = http;
        if (context == null) {
            throw new IllegalStateException("no request is being served");
        }
        return context;
    }
}
