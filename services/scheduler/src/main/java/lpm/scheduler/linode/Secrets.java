package lpm.scheduler.linode;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import lpm.contracts.LinodeId;
import lpm.platform.Rows;

/**
 * Root password hashes and keys for new disks, under a reference that events may carry. They wait here for the step
 * that seals them to the host's public key (DeliverSecret) and forgets them when the host has them.
 */
public final class Secrets {
    static final String TABLE = "linode_secret_view";

    private static final int REF_BYTES = 16;

    private final Rows rows;
    private final SecureRandom random = new SecureRandom();

    public Secrets(Rows rows) {
        this.rows = rows;
    }

    /** What a new disk gets: the hash of the root password (empty for none) and public keys. */
    public record Row(long linode, String rootHash, List<String> authorizedKeys) {
        public Row {
            authorizedKeys = List.copyOf(authorizedKeys);
        }
    }

    /** Hashes and keeps them; the password itself is nowhere afterwards. */
    String keep(LinodeId linode, String rootPass, List<String> authorizedKeys) {
        byte[] name = new byte[REF_BYTES];
        random.nextBytes(name);
        String ref = HexFormat.of().formatHex(name);
        String hash = rootPass.isEmpty() ? "" : ShaCrypt.hash(rootPass, salt());
        rows.put(TABLE, ref, new Row(linode.value(), hash, authorizedKeys));
        return ref;
    }

    void forget(String ref) {
        rows.delete(TABLE, ref);
    }

    private String salt() {
        StringBuilder salt = new StringBuilder();
        for (int i = 0; i < ShaCrypt.SALT_CHARACTERS; i++) {
            salt.append(ShaCrypt.ALPHABET.charAt(random.nextInt(ShaCrypt.ALPHABET.length())));
        }
        return salt.toString();
    }
}
