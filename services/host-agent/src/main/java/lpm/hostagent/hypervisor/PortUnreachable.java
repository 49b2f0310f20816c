package lpm.hostagent.hypervisor;

/** The hypervisor or the pool did not answer: what was asked may have happened or not. Look, then ask again. */
public final class PortUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PortUnreachable(String reason) {
        super(reason);
    }

    public PortUnreachable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
