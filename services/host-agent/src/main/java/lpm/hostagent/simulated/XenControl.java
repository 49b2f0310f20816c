package lpm.hostagent.simulated;

import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;

/** What tests and operators of the simulation can do to it; the control socket speaks exactly this. */
public interface XenControl {
    /** Pulls the plug: everything in the host's memory is gone. */
    void powerOff(HostId host);

    void powerOn(HostId host);

    /** Nothing passes between the two hosts any more. */
    void cutLink(HostId one, HostId other);

    void healLink(HostId one, HostId other);

    /** The host does not reach its pool any more: no disks, no lease. */
    void cutPool(HostId host);

    void healPool(HostId host);

    /** Plans one fault of a coming migration. */
    void inject(CopyFault fault);

    /** The guest stops by itself, or crashes. */
    void stopGuest(HostId host, LinodeId linode, Cause cause);

    /** The guest does not hear the power button any more. */
    void ignoreShutdown(LinodeId linode);

    /** Which guest really ran where and when, oldest first. */
    List<Run> runs();

    /** Pairs of copies of one Linode that ran at the same time: must stay empty. */
    List<List<Run>> doubles();

    /** What is on each host now. */
    List<HostFigures> figures();

    /** One host at a glance. */
    record HostFigures(HostId host, boolean powered, boolean frozen, List<LinodeId> running, List<LinodeId> sending) {
        public HostFigures {
            running = List.copyOf(running);
            sending = List.copyOf(sending);
        }
    }
}
