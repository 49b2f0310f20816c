package lpm.hostagent.disks.ceph;

import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.records.ShutOut;

/** What the errno values of the C libraries mean. */
final class Answers {
    static final int NO_PERMISSION = -1;
    static final int NOT_THERE = -2;
    static final int NO_ACCESS = -13;
    static final int BUSY = -16;
    static final int THERE = -17;
    static final int INVALID = -22;
    static final int NO_SPACE = -28;
    static final int READ_ONLY = -30;
    static final int OUT_OF_RANGE = -34;
    static final int NOT_EMPTY = -39;
    static final int SHUT_OUT = -108;
    static final int TIMED_OUT = -110;
    static final int QUOTA = -122;
    /** A comparison failed at this byte or after it: minus 4095 minus the offset. */
    static final int DIFFERS = -4095;

    private Answers() {}

    /** Gives a good answer back; others become exceptions. */
    static long check(long answer, String what) {
        if (answer >= 0) {
            return answer;
        }
        throw failure((int) answer, what);
    }

    static RuntimeException failure(int answer, String what) {
        return switch (answer) {
            case SHUT_OUT -> new ShutOut(what + ": the pool shuts this host out");
            case NOT_THERE -> new PortRefusal(what + ": not there");
            case THERE -> new PortRefusal(what + ": there already");
            case BUSY -> new PortRefusal(what + ": in use");
            case NOT_EMPTY -> new PortRefusal(what + ": has snapshots or clones");
            case NO_SPACE, QUOTA -> new PortRefusal(what + ": the pool is full");
            case NO_PERMISSION, NO_ACCESS, READ_ONLY ->
                new PortRefusal(what + ": the key of ceph.conf has no right to do that (errno " + -answer + ")");
            case INVALID -> new PortRefusal(what + ": not possible (errno " + -answer + ")");
            case TIMED_OUT -> new PortUnreachable(what + ": no answer in time; it may have happened");
            default -> new PortUnreachable(what + ": failed with errno " + -answer + "; it may have happened");
        };
    }
}
