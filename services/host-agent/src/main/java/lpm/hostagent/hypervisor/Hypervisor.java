package lpm.hostagent.hypervisor;

import java.util.List;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.Telemetry.LinodeLoad;

/**
 * One host's hypervisor, as far as the agent needs it. Every call either does what its name says, throws
 * {@link PortRefusal} (it said no, nothing changed) or throws {@link PortUnreachable} (unknown: look again). What takes
 * long returns at once and answers later. Owner epoch, generation and migration id are kept with the domain.
 */
public interface Hypervisor {
    /** What the host is; {@code bootId} changes with every power-on. */
    HostFacts facts();

    /** Every domain of ours that is on the host; what is not listed is not there. */
    List<Domain> list();

    /** What is there of one Linode, by probing; {@code absent} where there is nothing. */
    Domain describe(LinodeId linode);

    /** Defines and starts a domain; answers when the guest is up. The domain may run before the answer. */
    CompletionStage<DomainSeen> start(DomainSpec spec);

    /** Shuts down from inside, pulls the plug after the grace; answers when the domain does not run any more. */
    CompletionStage<DomainSeen> shutdown(LinodeId linode, long graceMillis);

    /** Destroys a domain at once and forgets its definition; nothing happens where there is none. */
    void destroy(LinodeId linode);

    /** Plugs a device into a running domain. */
    void attach(LinodeId linode, BlockDevice device);

    /** Unplugs a device. */
    void detach(LinodeId linode, BlockDevice device);

    /** Keeps memory free for an incoming domain; answers with the address to send it to. */
    String prepareIncoming(IncomingOrder order);

    /** Destroys the incoming or paused copy of this migration and forgets that it was awaited. */
    void cancelIncoming(LinodeId linode, MigrationId migration);

    /** Sends a running domain peer-to-peer, live, paused at the target. Goes on when the caller dies. */
    CompletionStage<SendOutcome> send(SendOrder order);

    /** Cuts the stream of a send; its outcome tells what came of it. */
    void cancelSend(LinodeId linode, MigrationId migration);

    /** Un-pauses the received copy of this migration under its new owner epoch; answers with the guest's pause. */
    long resume(LinodeId linode, MigrationId migration, long ownerEpoch);

    /** Wakes a domain that a failed send of this migration left suspended; nothing happens to a running one. */
    void wake(LinodeId linode, MigrationId migration);

    /** CPU use and dirty rate of every running domain. */
    List<LinodeLoad> loads();

    /** Memory that no domain holds and none is awaited for. */
    long freeMemoryMib();

    /** How far the copies are that leave this host. */
    List<CopyCounters> copies();

    /** Tells the watchdog that a renewal sent so long ago was acknowledged. */
    void petWatchdog(long millisSinceSent);

    /** Tells the watchdog that the lease is revoked: it destroys every domain. */
    void leaseRevoked();
}
