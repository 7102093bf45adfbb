package io.linkspan.simulation;

/**
 * Something that happens at one point of a history.
 *
 * @param point number of the point, from 1
 * @param what what happens
 * @param salt decides the details: how long, which code, which node
 */
record Event(int point, Happening what, long salt) {
    /** A number of its own for each detail, 0 to bound - 1. */
    int draw(int detail, int bound) {
        return (int) Long.remainderUnsigned(Mix.of(salt, detail), bound);
    }

    /** A time between two, spread over its orders of magnitude. */
    long millis(int detail, long least, long most) {
        double share = draw(detail, 1_000_000) / 1_000_000.0;
        return Math.round(least * Math.pow((double) most / least, share));
    }

    @Override
    public String toString() {
        return point + ":" + what + ":" + Long.toHexString(salt);
    }

    /** Reads what {@link #toString()} wrote. */
    static Event parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("an event is POINT:WHAT:SALT, was " + text);
        }
        return new Event(Integer.parseInt(parts[0]), Happening.valueOf(parts[1]), Long.parseUnsignedLong(parts[2], 16));
    }
}
