package lpm.contracts.account;

import lpm.contracts.Event;

/** The audit of the platform; aggregate {@code audit:1}, the only one. */
public sealed interface AuditEvent extends Event {

    /**
     * The rows of the audit up to a position were signed: none of them can be changed any more without being found.
     *
     * @param position of the last row that is covered; the first row has 1
     * @param hash the chain of hashes at this position (decision 0021), SHA-256 in hex
     * @param signature Ed25519 of position and hash under a key that no database holds, in base64
     */
    record AuditCheckpointed(long position, String hash, String signature) implements AuditEvent {}
}
