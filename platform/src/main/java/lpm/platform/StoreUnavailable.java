package lpm.platform;

/** The store cannot be reached (or refuses to answer) just now. The API answers 503 and asks to come back. */
public class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
