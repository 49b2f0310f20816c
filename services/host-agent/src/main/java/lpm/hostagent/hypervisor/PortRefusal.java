package lpm.hostagent.hypervisor;

/** The hypervisor or the pool said no; nothing changed. */
public final class PortRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PortRefusal(String reason) {
        super(reason);
    }

    /** Why it said no. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
