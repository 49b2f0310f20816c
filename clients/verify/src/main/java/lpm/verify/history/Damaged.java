package lpm.verify.history;

/** What lies where a message should and cannot be read as one. */
public record Damaged(Place place, String why) {}
