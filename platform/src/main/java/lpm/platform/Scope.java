package lpm.platform;

import lpm.contracts.AccountId;
import org.jspecify.annotations.Nullable;

/** Whose aggregate it is and under which epochs it stands, as far as that applies. */
public record Scope(
        @Nullable AccountId account,
        @Nullable Long ownerEpoch,
        @Nullable Long hostEpoch) {
    public static final Scope NONE = new Scope(null, null, null);

    public static Scope of(AccountId account) {
        return new Scope(account, null, null);
    }
}
