package lpm.platform;

/** Writes rows of views. A row is a record, kept as a JSON document under a table and an id. */
public interface Rows extends Lookup {
    /** Inserts or replaces one row. */
    void put(String table, String id, Object row);

    /** Removes one row; nothing happens where there is none. */
    void delete(String table, String id);
}
