package lpm.verify.source;

/** A history cannot be read; the message is a sentence for people. */
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unreadable(String sentence) {
        super(sentence);
    }

    public Unreadable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
