package lpm.contracts.scheduler;

/** The configuration profile a Linode boots with. */
public record ConfigProfile(long configId, String label, String kernel, String rootDevice) {}
