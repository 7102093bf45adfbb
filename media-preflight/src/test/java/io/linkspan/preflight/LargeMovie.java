package io.linkspan.preflight;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An H.264 movie at 30 fps with a real index over media of which only the slice types exist. Counts what is read. */
final class LargeMovie implements RangedReader {
    private static final int FRAME = 1_000;
    private static final int GROUP = 60;

    private final byte[] head;
    private final byte[] tail;
    private final long mediaStart;
    private final long size;
    private final int metadata;
    private int requests;
    private long bytesRead;
    private long position;

    LargeMovie(int samples, long mediaBytes, boolean moovFirst) {
        byte[] ftyp = Bytes.box("ftyp", Bytes.ascii("isom"), Bytes.u32(512), Bytes.ascii("isomavc1"));
        int moovLength = moov(samples, 0).length;
        long media = Math.max(mediaBytes, (long) samples * FRAME);
        byte[] mdat = Bytes.join(Bytes.u32(1), Bytes.ascii("mdat"), Bytes.u64(16 + media));
        mediaStart = 16L + ftyp.length + (moovFirst ? moovLength : 0);
        byte[] moov = moov(samples, mediaStart);
        head = moovFirst ? Bytes.join(ftyp, moov, mdat) : Bytes.join(ftyp, mdat);
        tail = moovFirst ? new byte[0] : moov;
        size = mediaStart + media + tail.length;
        metadata = ftyp.length + moovLength + 16;
    }

    int requests() {
        return requests;
    }

    long bytesRead() {
        return bytesRead;
    }

    /** The bytes of all boxes but the media. */
    int metadataBytes() {
        return metadata;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        requests++;
        int count = (int) Math.min(target.remaining(), size - offset);
        for (int i = 0; i < count; i++) {
            target.put(at(offset + i));
        }
        bytesRead += count;
        return count;
    }

    private byte at(long offset) {
        if (offset < head.length) {
            return head[(int) offset];
        }
        if (offset >= size - tail.length) {
            return tail[(int) (offset - (size - tail.length))];
        }
        long sample = (offset - mediaStart) / FRAME;
        return switch ((int) ((offset - mediaStart) % FRAME)) {
            case 2 -> (byte) ((FRAME - 4) >>> 8);
            case 3 -> (byte) (FRAME - 4);
            case 4 -> (byte) (sample % GROUP == 0 ? 0x65 : 0x41);
            default -> 0;
        };
    }

    /** The same bytes as a channel. */
    SeekableByteChannel channel() {
        return new MemoryChannel(new byte[0], size, () -> {}) {
            @Override
            public int read(ByteBuffer target) {
                if (position >= size) {
                    return -1;
                }
                int count = LargeMovie.this.read(position, target);
                position += count;
                return count;
            }

            @Override
            public SeekableByteChannel position(long value) {
                position = value;
                return this;
            }
        };
    }

    private static byte[] moov(int samples, long media) {
        byte[] good = Fixtures.bytes("good.mp4");
        int entryAt = find(good, "avc1", 1) - 4;
        byte[] entry = Arrays.copyOfRange(
                good, entryAt, entryAt + ByteBuffer.wrap(good).getInt(entryAt));
        byte[] sync = new byte[4 * ((samples + GROUP - 1) / GROUP)];
        for (int i = 0; i < sync.length / 4; i++) {
            ByteBuffer.wrap(sync).putInt(i * 4, i * GROUP + 1);
        }
        byte[] sizes = new byte[4 * samples];
        for (int i = 0; i < samples; i++) {
            ByteBuffer.wrap(sizes).putInt(i * 4, FRAME);
        }
        byte[] stbl = Bytes.box(
                "stbl",
                Bytes.box("stsd", Bytes.u32(0, 1), entry),
                Bytes.box("stts", Bytes.u32(0, 1, samples, 512)),
                Bytes.box("stss", Bytes.u32(0, sync.length / 4), sync),
                Bytes.box("stsc", Bytes.u32(0, 1, 1, samples, 1)),
                Bytes.box("stsz", Bytes.u32(0, 0, samples), sizes),
                Bytes.box("co64", Bytes.u32(0, 1), Bytes.u64(media)));
        byte[] matrix = Bytes.u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
        byte[] mdia = Bytes.box(
                "mdia",
                Bytes.box("mdhd", Bytes.u32(0, 0, 0, 15_360, samples * 512L, 0)),
                Bytes.box("hdlr", Bytes.u32(0, 0), Bytes.ascii("vide"), new byte[13]),
                Bytes.box("minf", stbl));
        long milliseconds = samples * 1000L / 30;
        return Bytes.box(
                "moov",
                Bytes.box(
                        "mvhd",
                        Bytes.u32(0, 0, 0, 1000, milliseconds, 0x10000),
                        new byte[12],
                        matrix,
                        new byte[24],
                        Bytes.u32(3)),
                Bytes.box(
                        "trak",
                        Bytes.box(
                                "tkhd",
                                Bytes.u32(3, 0, 0, 1, 0, milliseconds),
                                new byte[16],
                                matrix,
                                Bytes.u32(270 << 16, 480 << 16)),
                        mdia));
    }

    private static int find(byte[] data, String type, int nth) {
        int left = nth;
        for (int i = 0; i + 4 <= data.length; i++) {
            if (new String(data, i, 4, StandardCharsets.ISO_8859_1).equals(type) && left-- == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException(type);
    }
}
