package lpm.platform;

/** Issues numbers for new aggregates: strictly increasing per kind, with gaps. */
@FunctionalInterface
public interface Ids {
    /** The next number of a kind, such as {@code linode}. */
    long next(String kind);
}
