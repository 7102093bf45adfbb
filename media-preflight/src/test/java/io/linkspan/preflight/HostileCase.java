package io.linkspan.preflight;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One file made to do harm.
 *
 * @param row its row in the list of hostile input
 * @param name what is wrong with it
 * @param maker makes it; only then does it take memory
 */
record HostileCase(int row, String name, Supplier<Input> maker) {
    /** Something to check. */
    interface Input {
        PreflightReport check();
    }

    @Override
    public String toString() {
        return "row " + row + ": " + name;
    }

    /** Collects cases. */
    static final class Collection {
        private final List<HostileCase> cases = new ArrayList<>();

        List<HostileCase> cases() {
            return List.copyOf(cases);
        }

        void bytes(int row, String name, Supplier<byte[]> media) {
            channel(row, name, () -> new MemoryChannel(media.get()));
        }

        void channel(int row, String name, Supplier<SeekableByteChannel> media) {
            cases.add(new HostileCase(row, name, () -> {
                SeekableByteChannel channel = media.get();
                return () -> Preflight.check(channel, PreflightOptions.defaults());
            }));
        }

        void path(int row, String name, Path media) {
            cases.add(new HostileCase(row, name, () -> () -> Preflight.check(media)));
        }
    }
}
