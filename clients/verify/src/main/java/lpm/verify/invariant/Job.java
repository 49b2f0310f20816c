package lpm.verify.invariant;

import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeleted;
import lpm.contracts.scheduler.LinodeEvent.LinodeDestroyRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeDisksFailed;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveAborted;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoved;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebuildRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebuilt;
import lpm.contracts.scheduler.LinodeEvent.LinodeResizeRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeResizeRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeResized;
import lpm.contracts.scheduler.LinodeEvent.LinodeTornDown;

/** Jobs of a Linode whose end is told by an event of their own. */
enum Job {
    move {
        @Override
        boolean begins(LinodeEvent event) {
            return event instanceof LinodeMoveRequested;
        }

        @Override
        boolean ends(LinodeEvent event) {
            return event instanceof LinodeMoved || event instanceof LinodeMoveAborted;
        }
    },
    resize {
        @Override
        boolean begins(LinodeEvent event) {
            return event instanceof LinodeResizeRequested;
        }

        @Override
        boolean ends(LinodeEvent event) {
            return event instanceof LinodeResized || event instanceof LinodeResizeRefused;
        }
    },
    rebuild {
        @Override
        boolean begins(LinodeEvent event) {
            return event instanceof LinodeRebuildRequested;
        }

        @Override
        boolean ends(LinodeEvent event) {
            return event instanceof LinodeRebuilt;
        }
    };

    abstract boolean begins(LinodeEvent event);

    abstract boolean ends(LinodeEvent event);

    /** Whether it ends whatever a Linode was doing. */
    static boolean endsAll(LinodeEvent event) {
        return event instanceof LinodeDisksFailed
                || event instanceof LinodeDestroyRequested
                || event instanceof LinodeTornDown
                || event instanceof LinodeDeleted;
    }
}
