package lpm.scheduler.linode;

import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;

/** A Linode's phases. */
public sealed interface LinodeState {
    /** Nobody has ordered it. {@code events} counts answers to those who asked for it nevertheless. */
    record Unknown(long events) implements LinodeState {}

    /** It has no host yet; {@code refused} says why, when none could take it. */
    record Unplaced(LinodeBody body, Optional<String> refused) implements LinodeState {}

    /**
     * It belongs to a host.
     *
     * @param since number of the event that last asked the host for something
     * @param doomed whether it is deleted as soon as its open migration has ended
     */
    record Placed(
            LinodeBody body, HostRef at, long ownerEpoch, boolean running, LinodeJob job, long since, boolean doomed)
            implements LinodeState {
        Placed with(LinodeBody other) {
            return new Placed(other, at, ownerEpoch, running, job, since, doomed);
        }

        Placed with(LinodeJob other) {
            return new Placed(body, at, ownerEpoch, running, other, since, doomed);
        }

        Placed power(boolean on) {
            return new Placed(body, at, ownerEpoch, on, job, since, doomed);
        }

        /** The host was asked for something by the event being folded. */
        Placed asked() {
            return new Placed(body, at, ownerEpoch, running, job, body.events(), doomed);
        }

        Placed condemned() {
            return new Placed(body, at, ownerEpoch, running, job, since, true);
        }

        Placed movedTo(HostRef host, long epoch) {
            return new Placed(body, host, epoch, running, job, since, doomed);
        }

        boolean idle() {
            return job instanceof LinodeJob.Idle && !doomed;
        }
    }

    /** Its host is lost: it runs nowhere and waits for another. {@code ownerEpoch} is the one issued for that. */
    record Lost(LinodeBody body, HostRef lostAt, long ownerEpoch, boolean startAgain, LinodeJob interrupted)
            implements LinodeState {}

    /** Gone. */
    record Deleted(LinodeId id, AccountId account, long events) implements LinodeState {}
}
