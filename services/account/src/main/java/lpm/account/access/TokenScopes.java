package lpm.account.access;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import lpm.platform.rest.Caller;
import lpm.platform.rest.Refused;

/** The scopes a token may carry, as the API writes them: separated by spaces or commas, {@code *} for all. */
public final class TokenScopes {
    private static final Set<String> AREAS = Set.of(
            "account",
            "child_account",
            "databases",
            "domains",
            "events",
            "firewall",
            "images",
            "ips",
            "linodes",
            "lke",
            "longview",
            "monitor",
            "nodebalancers",
            "object_storage",
            "stackscripts",
            "volumes",
            "vpc");
    private static final Set<String> RIGHTS = Set.of("read_only", "read_write", "*");

    /** Longest list, in characters. */
    private static final int MAX_CHARACTERS = 2048;

    private TokenScopes() {}

    /** Reads scopes; refuses unknown ones with 400 about the field {@code scopes}. */
    public static List<String> parse(String text) {
        if (text.isBlank() || text.length() > MAX_CHARACTERS) {
            throw Refused.of("scopes", "Must be a list of scopes such as linodes:read_only, or *");
        }
        List<String> scopes =
                Arrays.stream(text.strip().split("[\\s,]+")).distinct().toList();
        if (!scopes.stream().allMatch(TokenScopes::known)) {
            throw Refused.of("scopes", "Invalid scope");
        }
        return scopes.contains("*") ? List.of("*") : scopes;
    }

    /** A token cannot hand on more than it has. */
    static List<String> grantedBy(Caller caller, String text) {
        List<String> scopes = parse(text);
        boolean allowed = scopes.stream().map(TokenScopes::strongest).allMatch(caller::may);
        if (!allowed) {
            throw Refused.of("scopes", "A token cannot grant scopes that it does not have");
        }
        return scopes;
    }

    private static String strongest(String scope) {
        return scope.endsWith(":*") ? scope.replace(":*", ":read_write") : scope;
    }

    private static boolean known(String scope) {
        String[] parts = scope.split(":", -1);
        return scope.equals("*") || (parts.length == 2 && AREAS.contains(parts[0]) && RIGHTS.contains(parts[1]));
    }
}
