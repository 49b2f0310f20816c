package lpm.platform.store;

/** Tells loops to end after what they are doing now. */
public final class Stop {
    private volatile boolean asked;

    public void ask() {
        asked = true;
    }

    /** Whether this thread's loop is to end. */
    public boolean isAsked() {
        return asked || Thread.currentThread().isInterrupted();
    }
}
