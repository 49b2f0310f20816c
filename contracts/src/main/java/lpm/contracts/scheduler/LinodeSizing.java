package lpm.contracts.scheduler;

import lpm.contracts.Resources;

/** Which type a Linode is and what that takes. */
public record LinodeSizing(String type, Resources resources, long diskMib, int transferGib) {}
