package lpm.account.audit;

/** What of the audit is signed: everything up to a position; 0 before the first checkpoint. */
public record CheckpointState(long position) {}
