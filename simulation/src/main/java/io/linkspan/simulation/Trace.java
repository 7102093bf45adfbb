package io.linkspan.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, as a running hash, and in words when somebody wants to read it. */
final class Trace {
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private long hash = 0xCBF29CE484222325L;

    Trace(boolean kept) {
        this.kept = kept;
    }

    void add(long at, String who, String what) {
        mix(at);
        for (int i = 0; i < who.length(); i++) {
            mix(who.charAt(i));
        }
        for (int i = 0; i < what.length(); i++) {
            mix(what.charAt(i));
        }
        if (kept) {
            lines.add(String.format("%,11d ms  %-5s %s", at, who, what));
        }
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x100000001B3L;
    }

    long hash() {
        return hash;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
