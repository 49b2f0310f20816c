package lpm.verify.history;

/** What a history may lack, because its source does not show it. */
public enum Part {
    /** The order in which a service decided, over all its streams. */
    positions("the order of a service's decisions over all its streams"),
    /** The topics beside the stores, each read by itself. */
    topics("stores and topics, each read by itself"),
    /** Every field of the envelopes. */
    envelopes("whole envelopes"),
    /** What services laid aside. */
    parked("the tables of parked work"),
    /** The rows of the audit beside what they tell of. */
    audit("the audit beside the stores");

    private final String told;

    Part(String told) {
        this.told = told;
    }

    @Override
    public String toString() {
        return told;
    }
}
