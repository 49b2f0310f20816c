package lpm.contracts.host;

import java.util.List;
import lpm.contracts.LinodeId;

/**
 * What lets its owner into a new disk: in clear only in scheduler's own rows and in the memory of the agent that makes
 * the disk. On its way it is the JSON inside {@code DeliverSecret.sealed}; no message carries it as it is.
 *
 * @param rootHash the root password as crypt(3) keeps it; empty for none
 * @param authorizedKeys lines of root's authorized_keys
 */
public record RootAccess(String rootHash, List<String> authorizedKeys) {
    public RootAccess {
        authorizedKeys = List.copyOf(authorizedKeys);
    }

    /** What a sealed one is about; it opens for nothing else. */
    public static String context(LinodeId linode, String secretRef) {
        return linode.aggregateId() + "/" + secretRef;
    }

    /** Never says what it is. */
    @Override
    public String toString() {
        return "RootAccess[***]";
    }
}
