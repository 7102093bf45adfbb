package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ColourModel;

/** Walks the blocks of a GIF to its second picture, or to its end. */
final class GifReader {
    private final Source source;
    private final ImageHeader image;

    GifReader(Source source, ImageHeader image) {
        this.source = source;
        this.image = image;
    }

    void walk() {
        image.model = ColourModel.PALETTE;
        image.width = little(6);
        image.height = little(8);
        int flags = source.u8(10);
        image.bitDepth = (flags & 7) + 1;
        source.readAhead(Source.BULK);
        int pictures = 0;
        long at = 13L + palette(flags);
        while (true) {
            source.countBox(at);
            int block = source.u8(at);
            if (block == 0x3B) {
                image.truncated = false;
                return;
            }
            if (block == 0x2C) {
                if (++pictures == 2) {
                    image.animated = true;
                    end();
                    return;
                }
                int local = source.u8(at + 9);
                image.progressive |= (local & 0x40) != 0;
                long start = at + 11 + palette(local);
                image.pictures = little(at + 5) > 0 && little(at + 7) > 0 && source.u8(start) > 0;
                at = data(start);
            } else if (block == 0x21) {
                boolean control = source.u8(at + 1) == 0xF9;
                image.alpha |= control && (source.u8(at + 3) & 1) != 0;
                at = data(at + 2);
            } else {
                throw ReadStop.broken("a GIF block of unknown kind " + block, at);
            }
        }
    }

    private void end() {
        if (source.u8(source.size() - 1) == 0x3B) {
            image.truncated = false;
        } else {
            image.openEnd = "the GIF does not end with its end mark";
        }
    }

    /** Skips sub-blocks of at most 255 bytes up to the empty one. */
    private long data(long start) {
        long at = start;
        for (int length = source.u8(at); length > 0; length = source.u8(at)) {
            at += 1 + length;
        }
        return at + 1;
    }

    private static int palette(int flags) {
        return (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;
    }

    private int little(long at) {
        return Short.toUnsignedInt(Short.reverseBytes((short) source.u16(at)));
    }
}
