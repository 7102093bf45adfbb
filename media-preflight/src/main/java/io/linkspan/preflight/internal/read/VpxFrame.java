package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Scan;
import org.jspecify.annotations.Nullable;

/** Reads the uncompressed header of a VP8 or VP9 key frame. */
final class VpxFrame {
    private static final int HEADER = 32;

    private VpxFrame() {}

    /** The picture that a key frame describes, or null if the frame is none. */
    static @Nullable Picture read(Source source, String format, long at, long length) {
        int size = (int) Math.min(HEADER, length);
        byte[] data = new byte[size];
        source.read(at, data, size);
        return format.equals("vp08") ? vp8(data, size, length) : vp9(Bits.plain(data, size));
    }

    /** RFC 6386 9.1. */
    private static @Nullable Picture vp8(byte[] data, int size, long length) {
        if (size < 3) {
            return null;
        }
        int tag = (data[0] & 0xFF) | (data[1] & 0xFF) << 8 | (data[2] & 0xFF) << 16;
        if ((tag >>> 1 & 7) > 3 || tag >>> 5 > length - 3) {
            throw ReadStop.broken("a VP8 frame has an impossible header", 0);
        }
        if (size < 10 || (tag & 1) != 0) {
            return null;
        }
        if (data[3] != (byte) 0x9D || data[4] != 1 || data[5] != 0x2A) {
            throw ReadStop.broken("a VP8 key frame has no start code", 0);
        }
        int width = (data[6] & 0xFF) | (data[7] & 0x3F) << 8;
        int height = (data[8] & 0xFF) | (data[9] & 0x3F) << 8;
        return new Picture("", 0, "4:2:0", 8, Scan.PROGRESSIVE, width, height, 1, null);
    }

    /** VP9 bitstream specification 6.2 and 6.2.1. */
    private static @Nullable Picture vp9(Bits in) {
        if (in.bits(2) != 2) {
            throw ReadStop.broken("a VP9 frame has no frame marker", 0);
        }
        int profile = in.bit() | in.bit() << 1;
        in.skip(profile == 3 ? 1 : 0);
        boolean repeated = in.flag();
        if (repeated || in.flag()) {
            return null;
        }
        in.skip(2);
        if (in.bits(24) != 0x498342) {
            throw ReadStop.broken("a VP9 key frame has no sync code", 0);
        }
        int depth = profile >= 2 ? (in.flag() ? 12 : 10) : 8;
        String chroma = "4:2:0";
        if (in.bits(3) != 7) {
            in.skip(1);
            if ((profile & 1) == 1) {
                boolean halfWidth = in.flag();
                boolean halfHeight = in.flag();
                in.skip(1);
                chroma = halfWidth ? (halfHeight ? "4:2:0" : "4:2:2") : halfHeight ? "4:4:0" : "4:4:4";
            }
        } else if ((profile & 1) == 1) {
            in.skip(1);
            chroma = "4:4:4";
        }
        long width = in.bits(16) + 1;
        long height = in.bits(16) + 1;
        return new Picture("Profile " + profile, 0, chroma, depth, Scan.PROGRESSIVE, width, height, 1, null);
    }
}
