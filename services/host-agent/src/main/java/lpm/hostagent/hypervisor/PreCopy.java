package lpm.hostagent.hypervisor;

/**
 * Predicts a pre-copy migration: each round sends what the guest dirtied during the one before, for at most
 * {@value #MAX_ROUNDS} rounds or until fewer than {@value #FEW_PAGES} pages are left; those are sent while the guest
 * stands still.
 *
 * @param rounds rounds sent while the guest runs
 * @param lastMib what is sent in the pause
 * @param totalMillis the whole migration
 * @param pauseMillis the guest's pause
 */
public record PreCopy(int rounds, double lastMib, double sentMib, double totalMillis, double pauseMillis) {
    /** Xen stops pre-copy after so many rounds. */
    public static final int MAX_ROUNDS = 5;

    /** Xen stops pre-copy when fewer pages are dirty. */
    public static final int FEW_PAGES = 50;

    /** Time of a switch-over beside sending (suspend, restore, hand over), where none was measured yet. */
    public static final long SWITCH_MILLIS = 30;

    /** Of a guest's memory, what it writes to again and again. */
    public static final double WORKING_SET = 0.25;

    private static final double PAGE_MIB = 4.0 / 1024;

    /** Whether what is left is so little, or the rounds so many, that the guest is suspended now. */
    public static boolean converged(double remainingMib, int roundsDone) {
        return roundsDone >= MAX_ROUNDS || remainingMib < FEW_PAGES * PAGE_MIB;
    }

    /** What a guest dirties while so much is sent: never more than its working set. */
    public static double dirtied(double memoryMib, double sentMib, double dirtyMibPerSecond, double mibPerSecond) {
        return Math.min(memoryMib * WORKING_SET, dirtyMibPerSecond * sentMib / mibPerSecond);
    }

    /** The prediction for a guest of this size and dirty rate on a link of this bandwidth, with such a switch-over. */
    public static PreCopy of(double memoryMib, double dirtyMibPerSecond, double mibPerSecond, long switchMillis) {
        double volume = memoryMib;
        double sent = 0;
        int rounds = 0;
        while (!converged(volume, rounds)) {
            sent += volume;
            rounds++;
            volume = dirtied(memoryMib, volume, dirtyMibPerSecond, mibPerSecond);
        }
        double pause = volume / mibPerSecond * 1000 + switchMillis;
        return new PreCopy(rounds, volume, sent + volume, sent / mibPerSecond * 1000 + pause, pause);
    }
}
