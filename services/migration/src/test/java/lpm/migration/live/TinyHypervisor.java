package lpm.migration.live;

import lpm.contracts.host.HostReport.LinodeReceived;
import lpm.contracts.host.HostReport.SendFailed;
import lpm.contracts.host.HostReport.SourceReleased;
import lpm.migration.live.TinyHost.Domain;

/**
 * One migration job as the real hypervisor's library runs it: pre-copy, suspend, whole copy paused at the target,
 * finish. When the reply to finish is lost the source wakes by itself; when its daemon dies the guest stays
 * suspended.
 */
final class TinyHypervisor {
    private enum Phase {
        IDLE,
        COPY,
        SUSPENDED,
        FINISH
    }

    private final TinyCloud cloud;
    private Phase phase = Phase.IDLE;
    private boolean callWaits;
    private boolean resultKnown;
    private boolean success;

    TinyHypervisor(TinyCloud cloud) {
        this.cloud = cloud;
    }

    boolean start(TinyHost source, TinyHost target) {
        boolean able = source.domain == Domain.RUNNING
                && phase == Phase.IDLE
                && !callWaits
                && target.up
                && target.prepared
                && target.domain == Domain.NONE;
        if (able) {
            phase = Phase.COPY;
            callWaits = true;
            resultKnown = false;
        }
        return able;
    }

    boolean cancel(TinyHost source) {
        if (phase == Phase.COPY) {
            end(false);
            return true;
        }
        return busy(source);
    }

    /** Whether a job is open at the source, as its agent sees it: its own waiting call counts. */
    boolean busy(TinyHost host) {
        return host == cloud.source && (phase != Phase.IDLE || callWaits);
    }

    boolean receiving(TinyHost host) {
        return host == cloud.target && phase != Phase.IDLE;
    }

    boolean moves() {
        return phase != Phase.IDLE;
    }

    /** The job's next step. {@code faults}: it may break here. */
    void step(boolean faults) {
        TinyHost source = cloud.source;
        TinyHost target = cloud.target;
        int luck = faults ? cloud.random.nextInt(6) : 5;
        switch (phase) {
            case IDLE -> throw new IllegalStateException("no job");
            case COPY -> {
                if (luck == 0) {
                    end(false);
                } else {
                    source.domain = Domain.SUSPENDED;
                    target.domain = Domain.INCOMPLETE;
                    target.domainOfMove = true;
                    phase = Phase.SUSPENDED;
                }
            }
            case SUSPENDED -> {
                if (luck == 0) {
                    breakOff(source, target, cloud.random.nextBoolean());
                } else if (luck == 1) {
                    daemonDies();
                } else {
                    target.domain = Domain.PAUSED;
                    phase = Phase.FINISH;
                }
            }
            case FINISH -> {
                if (luck == 0) {
                    breakOff(source, target, false);
                } else if (luck == 1) {
                    daemonDies();
                } else {
                    source.clear();
                    end(true);
                }
            }
        }
        cloud.note("job " + phase + " source " + source.domain + " target " + target.domain);
    }

    /** The source wakes by itself; the target keeps what it has, or cleans up. */
    private void breakOff(TinyHost source, TinyHost target, boolean cleansUp) {
        source.domain = Domain.RUNNING;
        if (cleansUp) {
            target.clear();
        }
        end(false);
    }

    private void end(boolean result) {
        phase = Phase.IDLE;
        resultKnown = true;
        success = result;
    }

    private void daemonDies() {
        phase = Phase.IDLE;
        agentDies();
    }

    void agentDies() {
        callWaits = false;
        resultKnown = false;
    }

    boolean replyReady() {
        return callWaits && resultKnown && cloud.source.up;
    }

    /** The call returns to the agent that made it. */
    void reply() {
        callWaits = false;
        TinyHost source = cloud.source;
        cloud.report(
                source,
                success
                        ? new SourceReleased(source.ref, Some.ID, Some.LINODE, 50)
                        : new SendFailed(source.ref, Some.ID, Some.LINODE, source.seen(busy(source)), "failed"));
    }

    /** The target's agent notices the whole paused copy. */
    void received(TinyHost target) {
        target.receivedReported = true;
        cloud.report(target, new LinodeReceived(target.ref, Some.ID, Some.LINODE));
    }

    /** A host lost its power: its side of the job is gone, and the other side does what it does then. */
    void hostFell(TinyHost host) {
        if (host == cloud.source) {
            phase = Phase.IDLE;
            agentDies();
        } else if (phase != Phase.IDLE) {
            cloud.source.domain = Domain.RUNNING;
            end(false);
        }
    }
}
