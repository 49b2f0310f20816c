package lpm.platform.rest;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one rule of who may call what: token, audience, scopes, suspension. */
final class Access {
    /** How long a token nobody told of may still be on its way from account, in milliseconds. */
    static final long NEWS_WAIT_MILLIS = 1000;

    /** Requests that may wait for such news at the same time; a flood of wrong tokens is refused at once. */
    private static final int MAX_WAITING = 8;

    private static final long POLL_MILLIS = 25;
    private static final Pattern BEARER = Pattern.compile("[Bb]earer +([0-9A-Za-z_-]{16,128})");

    private final TokenHash hash;
    private final TokenLookup tokens;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    Access(TokenHash hash, TokenLookup tokens) {
        this.hash = hash;
        this.tokens = tokens;
    }

    /** What is asked for. */
    record Question(@Nullable String authorization, Caller.Audience audience, List<String> scopes, boolean writes) {}

    /** The answer. */
    sealed interface Verdict {}

    /** Come in. */
    record Granted(Caller caller) implements Verdict {}

    /** 401: nobody we know. */
    record Unknown() implements Verdict {}

    /** 403: known, but not allowed. */
    record Denied(Caller caller, String reason) implements Verdict {}

    static Caller.Audience audienceOf(String path) {
        return path.startsWith("/ops/") ? Caller.Audience.operator : Caller.Audience.customer;
    }

    Verdict check(Question question, Instant now) {
        Matcher bearer = BEARER.matcher(question.authorization() == null ? "" : question.authorization());
        if (!bearer.matches()) {
            return new Unknown();
        }
        return find(hash.of(bearer.group(1)), now)
                .caller()
                .filter(caller -> caller.audience() == question.audience())
                .map(caller -> judge(caller, question))
                .orElseGet(Unknown::new);
    }

    private static Verdict judge(Caller caller, Question question) {
        if (!question.scopes().stream().allMatch(caller::may)) {
            return new Denied(caller, "Unauthorized");
        }
        if (question.writes() && caller.suspended()) {
            return new Denied(caller, "This account is suspended");
        }
        return new Granted(caller);
    }

    private TokenLookup.Answer find(String tokenHash, Instant now) {
        TokenLookup.Answer answer = tokens.find(tokenHash, now);
        if (answer.heardOf() || !waiting.tryAcquire()) {
            return answer;
        }
        try {
            long until = System.nanoTime() + NEWS_WAIT_MILLIS * 1_000_000;
            while (!answer.heardOf() && System.nanoTime() < until) {
                Pause.millis(POLL_MILLIS);
                answer = tokens.find(tokenHash, now);
            }
            return answer;
        } finally {
            waiting.release();
        }
    }
}
