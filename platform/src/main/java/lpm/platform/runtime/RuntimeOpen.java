package lpm.platform.runtime;

/** Tells beans that the tables are there and the loops run. The service is ready once they have heard it. */
public record RuntimeOpen() {}
