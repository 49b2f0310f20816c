package lpm.hostagent.simulated;

/** What a live migration does, in this order. */
public enum CopyPhase {
    /** The target makes room. */
    prepare,
    /** Rounds of memory while the guest runs. */
    copy,
    /** The source is suspended. */
    suspended,
    /** What was still dirty is sent. */
    lastPages,
    /** The target holds the complete copy, paused; the source waits for its word. */
    received,
    /** The source's copy is destroyed. */
    destroyed;

    boolean guestStands() {
        return compareTo(suspended) >= 0;
    }
}
