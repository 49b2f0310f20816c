package lpm.hostagent.records;

/** The pool answers this client's address with a refusal, whatever is asked: it was fenced. */
public final class ShutOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ShutOut(String reason) {
        super(reason);
    }
}
