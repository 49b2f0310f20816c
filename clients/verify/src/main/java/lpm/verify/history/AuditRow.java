package lpm.verify.history;

import java.util.Optional;

/**
 * One row of the audit.
 *
 * @param kind what the audit took it for: event, command, parked or unreadable
 * @param leaf hash of all that the row says, SHA-256 in hex; a link of the chain that is signed
 * @param entry the message as the audit tells it and the place that it names; empty when the row cannot be read
 */
public record AuditRow(long position, String kind, String leaf, Optional<Entry> entry) {}
