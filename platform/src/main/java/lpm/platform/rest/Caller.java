package lpm.platform.rest;

import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.Actor;
import lpm.contracts.Limits;
import lpm.contracts.UserId;

/** Who calls, as the token says and as account last told about it. */
public record Caller(
        long tokenId,
        AccountId account,
        UserId user,
        Audience audience,
        List<String> scopes,
        Limits limits,
        boolean suspended) {
    public Caller {
        scopes = List.copyOf(scopes);
    }

    /** Which API the token opens. */
    public enum Audience {
        customer,
        operator
    }

    /** Whether the token carries a scope; the right to write implies the right to read. */
    public boolean may(String scope) {
        int colon = scope.indexOf(':');
        String area = colon < 0 ? scope : scope.substring(0, colon);
        return scopes.contains("*")
                || scopes.contains(scope)
                || scopes.contains(area + ":*")
                || (scope.endsWith(":read_only") && scopes.contains(area + ":read_write"));
    }

    /** The token's scopes as its answers' header names them. */
    public String scopeText() {
        return String.join(" ", scopes);
    }

    /** For the envelopes of what it causes. */
    public Actor actor() {
        Actor.Kind kind = audience == Audience.operator ? Actor.Kind.operator : Actor.Kind.user;
        return new Actor(kind, user.toString());
    }
}
