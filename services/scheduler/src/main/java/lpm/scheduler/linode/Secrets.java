package lpm.scheduler.linode;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import lpm.contracts.DiskId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.RootAccess;

/**
 * Root password hashes and keys for new disks, under a reference that events may carry. They are kept in the
 * transaction that accepts the order; {@link SecretSealing} seals them to each host that is asked to make the disk;
 * {@link SecretTables} forgets them when the disk is whole.
 */
public final class Secrets {
    /** The table of these rows, by reference. */
    public static final String TABLE = "linode_secret_view";

    private static final int REF_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    /** What one new disk gets. */
    public record Row(String ref, long linode, long disk, RootAccess access) {}

    /** Hashes them under a new reference; the password itself is nowhere afterwards. */
    Row make(LinodeId linode, DiskId disk, String rootPass, List<String> authorizedKeys) {
        byte[] name = new byte[REF_BYTES];
        random.nextBytes(name);
        String ref = HexFormat.of().formatHex(name);
        String hash = rootPass.isEmpty() ? "" : ShaCrypt.hash(rootPass, salt());
        return new Row(ref, linode.value(), disk.value(), new RootAccess(hash, authorizedKeys));
    }

    private String salt() {
        StringBuilder salt = new StringBuilder();
        for (int i = 0; i < ShaCrypt.SALT_CHARACTERS; i++) {
            salt.append(ShaCrypt.ALPHABET.charAt(random.nextInt(ShaCrypt.ALPHABET.length())));
        }
        return salt.toString();
    }
}
