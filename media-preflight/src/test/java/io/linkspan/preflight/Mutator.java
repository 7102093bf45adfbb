package io.linkspan.preflight;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Changes a file at random, always in the same way for the same seed. */
final class Mutator {
    private static final int[] BYTES = {0, 1, 0x10, 0x20, 0x7F, 0x80, 0xC0, 0xFE, 0xFF};
    private static final int[] NUMBERS = {
        0, 1, 2, 7, 8, 9, 15, 16, 255, 256, 65_535, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -2, -8, -16
    };

    private final Random random;
    private byte[] media;

    private Mutator(byte[] media, long seed) {
        this.random = new Random(seed);
        this.media = media.clone();
    }

    /** One to six changes of one file, some with parts of another. */
    static byte[] mutate(byte[] media, byte[] other, long seed) {
        Mutator mutator = new Mutator(media, seed);
        for (int left = 1 + mutator.random.nextInt(6); left > 0 && mutator.media.length > 0; left--) {
            mutator.change(other);
        }
        return mutator.media;
    }

    private void change(byte[] other) {
        int at = place();
        int length = Math.min(1 + random.nextInt(1 << random.nextInt(12)), media.length - at);
        switch (random.nextInt(9)) {
            case 0 -> media[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> Arrays.fill(media, at, Math.min(media.length, at + 1 + random.nextInt(4)), (byte) pick(BYTES));
            case 2 -> media[at] = (byte) random.nextInt(256);
            case 3, 4 -> lengthField(at);
            case 5 ->
                media = Arrays.copyOf(
                        media, random.nextBoolean() ? at : media.length - random.nextInt(64) % media.length);
            case 6 -> media = join(Arrays.copyOf(media, at), from(other, random.nextInt(other.length)));
            case 7 -> media = join(Arrays.copyOf(media, at + length), from(media, at));
            default -> media = join(Arrays.copyOf(media, at), from(media, at + length));
        }
    }

    /** Most of what matters lies in the first kilobytes, or at the end where the index may be. */
    private int place() {
        int near = random.nextInt(Math.min(media.length, random.nextBoolean() ? 128 : 4_096));
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(media.length);
            case 1 -> media.length - 1 - near;
            default -> near;
        };
    }

    /** Overwrites what stands before a four-letter name, or else any number. */
    private void lengthField(int from) {
        int at = from;
        while (at < Math.min(media.length - 8, from + 600) && !isName(at + 4)) {
            at++;
        }
        // counts of tables stand behind version and flags
        at += pick(new int[] {0, 0, 0, 12, 16});
        int size = 1 << random.nextInt(4);
        if (at + 8 > media.length) {
            return;
        }
        long value = pick(NUMBERS);
        ByteBuffer buffer = ByteBuffer.wrap(media);
        switch (size) {
            case 1 -> buffer.put(at, (byte) value);
            case 2 -> buffer.putShort(at, (short) value);
            case 4 -> buffer.putInt(at, (int) (random.nextInt(3) == 0 ? buffer.getInt(at) + value : value));
            default -> buffer.putLong(at, random.nextBoolean() ? value : value << 32);
        }
    }

    private boolean isName(int at) {
        for (int i = 0; i < 4; i++) {
            if (media[at + i] < 'a' || media[at + i] > 'z') {
                return false;
            }
        }
        return true;
    }

    private int pick(int[] from) {
        return from[random.nextInt(from.length)];
    }

    private static byte[] from(byte[] data, int at) {
        return Arrays.copyOfRange(data, at, data.length);
    }

    /** Never longer than a megabyte. */
    private static byte[] join(byte[] a, byte[] b) {
        byte[] all = Bytes.join(a, b);
        return all.length > 1 << 20 ? Arrays.copyOf(all, 1 << 20) : all;
    }
}
