package lpm.verify.history;

import java.util.Optional;

/**
 * One row of the audit.
 *
 * @param kind what the audit took it for: event, command, parked or unreadable
 * @param entry the message as the audit tells it and the place that it names; empty when the row cannot be read
 */
public record AuditRow(long position, String kind, Optional<Entry> entry) {}
