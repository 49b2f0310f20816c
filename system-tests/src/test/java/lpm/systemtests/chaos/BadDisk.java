package lpm.systemtests.chaos;

/** The disk below a part's folder, which can be made to take nothing for a while. */
interface BadDisk extends AutoCloseable {
    /** Not one byte can be written from now on. */
    void spoil();

    /** All can be written again. */
    void mend();

    /** An ordinary disk is in its place again, with what is on it now. Nobody may use the folder meanwhile. */
    @Override
    void close();
}
