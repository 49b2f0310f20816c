package lpm.contracts;

/**
 * A fact that happened, in the past tense. Implementations are records nested in one sealed interface per aggregate;
 * the wire name is {@code <service>.<SimpleName>}, see {@link MessageTypes}.
 */
public interface Event {}
