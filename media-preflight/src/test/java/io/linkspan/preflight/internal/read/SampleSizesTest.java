package io.linkspan.preflight.internal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.preflight.RangedReader;
import io.linkspan.preflight.ReadBudget;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of samples in fields of every width, alone and added up, in one buffer and over several. */
final class SampleSizesTest {
    @ParameterizedTest
    @CsvSource({"4,1", "4,7", "4,40001", "8,1", "8,5", "8,70001", "16,1", "16,3", "16,70001", "32,1", "32,2", "32,70001"
    })
    void sizes_ofEveryWidth_areReadInOrder(int bits, int count) {
        byte[] table = table(bits, count);
        Source source = new Source(new Bytes(table), false, Buffers.ofHeap(), ReadBudget.defaults(), () -> 0);
        Box box = new Box(FourCc.code(bits == 32 ? "stsz" : "stz2"), 0, 0, table.length, null);
        long all = 0;
        for (int i = 0; i < count; i++) {
            all += size(bits, i);
        }
        assertEquals(all, SampleSizes.total(source, box));
        SampleSizes sizes = new SampleSizes(source, box);
        for (int i = 0; i < count; i++) {
            if (i % 3 == 0) {
                assertEquals(size(bits, i), sizes.peek(), "sample " + i);
            }
            assertEquals(size(bits, i), sizes.sum(1), "sample " + i);
        }
        sizes.release();
    }

    private static long size(int bits, int i) {
        return ((i * 2_654_435_761L) >>> 3) & ((1L << bits) - 1);
    }

    private static byte[] table(int bits, int count) {
        ByteBuffer table = ByteBuffer.allocate(12 + (count * bits + 7) / 8);
        table.putInt(4, bits == 32 ? 0 : bits).putInt(8, count);
        for (int i = 0; i < count; i++) {
            long size = size(bits, i);
            switch (bits) {
                case 4 -> {
                    int at = 12 + i / 2;
                    table.put(at, (byte) (table.get(at) | (size << (i % 2 == 0 ? 4 : 0))));
                }
                case 8 -> table.put(12 + i, (byte) size);
                case 16 -> table.putShort(12 + i * 2, (short) size);
                default -> table.putInt(12 + i * 4, (int) size);
            }
        }
        return table.array();
    }

    private static final class Bytes implements RangedReader {
        private final byte[] all;

        Bytes(byte[] all) {
            this.all = all;
        }

        @Override
        public long size() {
            return all.length;
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            int count = (int) Math.min(target.remaining(), all.length - offset);
            target.put(all, (int) offset, count);
            return count;
        }
    }
}
