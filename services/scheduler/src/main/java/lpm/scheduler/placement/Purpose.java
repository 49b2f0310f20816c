package lpm.scheduler.placement;

/** Why a Linode needs a host. */
public enum Purpose {
    /** It is new, or has none. */
    create,
    /** Its host is lost. */
    recovery,
    /** It moves away from where it is. */
    move
}
