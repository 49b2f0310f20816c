package lpm.contracts;

/** A host in one registration: a command for an older {@code hostEpoch} is refused by the agent. */
public record HostRef(HostId host, long hostEpoch) {}
