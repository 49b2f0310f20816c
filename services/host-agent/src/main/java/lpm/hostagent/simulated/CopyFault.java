package lpm.hostagent.simulated;

/** What goes wrong when the next migration (or the one of this Linode) enters a phase; happens once. */
public record CopyFault(CopyPhase at, Effect effect, long linode) {
    /** Any Linode. */
    public static final long ANY = 0;

    /** What goes wrong. */
    public enum Effect {
        /** The reply to the source's running call is lost: libvirt at the source lets the guest run on by itself. */
        loseReply,
        /** Nothing passes between the two hosts any more. */
        cutLink,
        powerOffSource,
        powerOffTarget,
        /** The call hangs until the link is healed or the send is cancelled. */
        stall,
        /** The source's libvirt dies and leaves the guest as it is, without a job: a suspended one stays so. */
        abandon
    }
}
