package lpm.hostagent;

import java.util.concurrent.Executor;
import lpm.hostagent.steps.Machine;

/** The ports of a real Xen host: libvirt, dom0 and the pools it reaches. */
final class XenMachine {
    private XenMachine() {}

    /**
     * The ports that these settings describe.
     *
     * @param steps where calls that may last are made
     */
    @SuppressWarnings("DoNotCallSuggester")
    static Machine of(XenConfig config, Executor steps) {
        throw new IllegalArgumentException("LPM_HYPERVISOR must be simulated:<path of a socket> in this build, found "
                + config.uri() + "; use a build that serves Xen.");
    }
}
