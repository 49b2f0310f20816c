package lpm.contracts;

/**
 * What an account may have and how fast it may ask.
 *
 * @param requestsPer2Minutes general API rate
 * @param createsPer30Seconds creates and clones of Linodes
 */
public record Limits(int linodes, int volumes, long volumeGib, int requestsPer2Minutes, int createsPer30Seconds) {}
