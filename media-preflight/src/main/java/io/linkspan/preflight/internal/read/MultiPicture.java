package io.linkspan.preflight.internal.read;

/**
 * Reads the index of the Multi-Picture Format (CIPA DC-007) in a JPEG segment. It lists a single picture, thumbnails and
 * gain maps too; only panoramas, stereo pairs and views from several angles are files of another kind.
 */
final class MultiPicture {
    private static final int ENTRIES = 0xB002;
    private static final int ENTRY_SIZE = 16;
    private static final int FIRST_FRAME_TYPE = 0x020001;
    private static final int LAST_FRAME_TYPE = 0x020003;

    private MultiPicture() {}

    /** Whether the index that starts there has a picture of several frames. */
    static boolean hasFrames(Source source, long tiff, long length) {
        if (length < 14) {
            return false;
        }
        boolean little = source.u16(tiff) == 0x4949;
        long directory = u32(source, tiff + 4, little);
        if (directory > length - 2) {
            return false;
        }
        long tags = Math.min(u16(source, tiff + directory, little), (length - directory - 2) / 12);
        for (long i = 0; i < tags; i++) {
            long tag = tiff + directory + 2 + i * 12;
            if (u16(source, tag, little) == ENTRIES) {
                long size = u32(source, tag + 4, little);
                long start = u32(source, tag + 8, little);
                return hasFrames(source, tiff + start, Math.min(size, length - start) / ENTRY_SIZE, little);
            }
        }
        return false;
    }

    private static boolean hasFrames(Source source, long first, long entries, boolean little) {
        for (long i = 0; i < entries; i++) {
            long type = u32(source, first + i * ENTRY_SIZE, little) & 0xFFFFFF;
            if (type >= FIRST_FRAME_TYPE && type <= LAST_FRAME_TYPE) {
                return true;
            }
        }
        return false;
    }

    private static int u16(Source source, long at, boolean little) {
        int value = source.u16(at);
        return little ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
    }

    private static long u32(Source source, long at, boolean little) {
        int value = source.s32(at);
        return (little ? Integer.reverseBytes(value) : value) & 0xFFFFFFFFL;
    }
}
