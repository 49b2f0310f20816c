package lpm.local;

/** Something is wrong outside the program; the message is the one clear sentence the user reads. */
public final class LocalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalFailure(String sentence) {
        super(sentence);
    }

    public LocalFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
