package lpm.platform.kafka;

/** Sends records, many at a time. */
interface Publisher extends AutoCloseable {
    /**
     * Whether there is such a topic; a record for one that is missing would stop all others. Throws if Kafka is away.
     */
    boolean has(String topic);

    /**
     * The id of a topic; what is sent to it is meant for the one of this id. Throws if there is none or Kafka is
     * away.
     */
    String idOf(String topic);

    /** Throws if a topic that was sent to is not the one it was: then everything must be published again. */
    void check();

    /** Hands one record over; records of one key arrive in the order they were handed over. */
    void send(String topic, String key, String type, byte[] value);

    /** Waits until everything handed over is acknowledged; throws if anything was not. */
    void awaitAcks();

    @Override
    void close();
}
