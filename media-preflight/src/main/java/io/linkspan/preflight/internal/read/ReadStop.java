package io.linkspan.preflight.internal.read;

/** Ends reading of one part of a file: a limit was reached or the bytes ran out. Never leaves this package. */
final class ReadStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient long offset;
    private final boolean limit;

    private ReadStop(String message, long offset, boolean limit) {
        super(message, null, false, false);
        this.offset = offset;
        this.limit = limit;
    }

    /** A limit of the budget was reached, so no more reading makes sense. */
    static ReadStop limit(String message, long offset) {
        return new ReadStop(message, offset, true);
    }

    /** The bytes of one part make no sense or end early; other parts may still be fine. */
    static ReadStop broken(String message, long offset) {
        return new ReadStop(message, offset, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    long offset() {
        return offset;
    }

    boolean isLimit() {
        return limit;
    }
}
