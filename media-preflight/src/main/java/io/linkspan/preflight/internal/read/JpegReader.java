package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.Damage;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.Size;

/** Reads the segments of a JPEG up to its first scan. */
final class JpegReader {
    private static final int TAIL = 1 << 16;

    private final Source source;
    private final MediaFacts.Builder facts;
    private int orientation = 1;
    private boolean multiPicture;
    private int width;
    private int height;

    JpegReader(Source source, MediaFacts.Builder facts) {
        this.source = source;
        this.facts = facts;
    }

    void read() {
        String problem = "the picture's frame header is missing";
        try {
            long scan = segments();
            truncation(scan);
        } catch (ReadStop e) {
            problem = e.reason();
            facts.damage(new Damage(e.reason(), "", e.offset()));
            if (!e.isLimit() && e.offset() >= source.size()) {
                facts.known(FactKey.TRUNCATED, true);
            }
        }
        facts.known(FactKey.CONTAINER, multiPicture ? Container.MPO : Container.JPEG);
        facts.known(FactKey.IMAGE_ORIENTATION, orientation);
        if (width > 0 && height > 0) {
            facts.known(FactKey.IMAGE_SIZE, new Size(width, height));
            facts.known(
                    FactKey.IMAGE_DISPLAY_SIZE, orientation >= 5 ? new Size(height, width) : new Size(width, height));
        }
        for (FactKey<?> key : FactKey.all()) {
            if (key.appliesTo(MediaKind.IMAGE)) {
                facts.unknownIfUnset(key, problem);
            }
        }
    }

    /** Walks the segments and returns where the first scan starts. */
    private long segments() {
        source.readAhead(4096);
        long at = 2;
        while (true) {
            if (source.u8(at) != 0xFF) {
                throw ReadStop.broken("a JPEG marker is missing", at);
            }
            int marker = source.u8(at + 1);
            while (marker == 0xFF) {
                at++;
                marker = source.u8(at + 1);
            }
            source.countBox(at);
            at += 2;
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                continue;
            }
            if (marker == 0xD9) {
                throw ReadStop.broken("the JPEG ends before its first scan", at);
            }
            int length = source.u16(at);
            if (length < 2) {
                throw ReadStop.broken("a JPEG segment claims " + length + " bytes", at);
            }
            if (marker == 0xDA) {
                return at + length;
            }
            segment(marker, at + 2, length - 2);
            at += length;
        }
    }

    private void segment(int marker, long at, int length) {
        boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame && width == 0 && length >= 6) {
            height = source.u16(at + 1);
            width = source.u16(at + 3);
            facts.known(FactKey.IMAGE_COMPONENTS, source.u8(at + 5));
            facts.known(FactKey.IMAGE_PROGRESSIVE, (marker & 3) == 2);
        } else if (marker == 0xE1 && length >= 14 && source.ascii(at, 6).equals("Exif\0\0")) {
            exif(at + 6, length - 6);
        } else if (marker == 0xE2 && length >= 4 && source.ascii(at, 4).equals("MPF\0")) {
            multiPicture = true;
        }
    }

    /** Only the first directory, and only inside its segment. */
    private void exif(long tiff, int length) {
        boolean little = source.u16(tiff) == 0x4949;
        long directory = u32(tiff + 4, little);
        if (directory > length - 2) {
            return;
        }
        long entries = Math.min(u16(tiff + directory, little), (length - directory - 2) / 12);
        for (long i = 0; i < entries; i++) {
            long entry = tiff + directory + 2 + i * 12;
            if (u16(entry, little) == 0x0112) {
                int value = u16(entry + 8, little);
                orientation = value >= 1 && value <= 8 ? value : 1;
                return;
            }
        }
    }

    private int u16(long at, boolean little) {
        int value = source.u16(at);
        return little ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
    }

    private long u32(long at, boolean little) {
        int value = source.s32(at);
        return (little ? Integer.reverseBytes(value) : value) & 0xFFFFFFFFL;
    }

    /** Inside a scan the end marker cannot occur, so where it is missing after the scan's start the picture was cut. */
    private void truncation(long scan) {
        long from = Math.max(scan, source.size() - TAIL);
        source.readAhead(Source.BULK);
        for (long at = from; at + 2 <= source.size(); at++) {
            if (source.u8(at) == 0xFF && source.u8(at + 1) == 0xD9) {
                facts.known(FactKey.TRUNCATED, false);
                return;
            }
        }
        if (from <= scan) {
            facts.known(FactKey.TRUNCATED, true);
        } else {
            facts.unknown(FactKey.TRUNCATED, "no end marker in the last 64 KiB; other data may follow the picture");
        }
    }
}
