package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ColourModel;
import io.linkspan.preflight.Container;
import io.linkspan.preflight.Damage;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;

/** Reads the segments of a JPEG up to its first scan. */
final class JpegReader {
    private static final int TAIL = 1 << 16;
    private static final int START = 4096;
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String MORE_XMP = "http://ns.adobe.com/xmp/extension/\0";

    private final Source source;
    private final ImageHeader image;
    /** Whether the file says that it holds several pictures of one scene. */
    private boolean multiFrame;

    private boolean quantization;
    /** The marker of the frame, 0 before it. */
    private int frameMarker;
    /** The colour transform of an Adobe segment, negative without one. */
    private int transform = -1;

    private int components;

    JpegReader(Source source, ImageHeader image) {
        this.source = source;
        this.image = image;
    }

    void read(MediaFacts.Builder facts) {
        image.read(source, facts, Container.JPEG, this::walk);
        String rare = (frameMarker & 3) == 3 ? "lossless" : frameMarker >= 0xC9 ? "arithmetic" : "";
        if (!rare.isEmpty()) {
            facts.damage(new Damage("the JPEG uses " + rare + " coding, which many decoders refuse", "", 0));
        }
        if (multiFrame) {
            facts.known(FactKey.CONTAINER, Container.MPO);
        }
    }

    private void walk() {
        try {
            long scan = segments();
            picture(scan);
            truncation(scan);
        } finally {
            image.model = switch (components) {
                case 1 -> ColourModel.GREY;
                case 3 -> transform == 0 ? ColourModel.RGB : ColourModel.YCBCR;
                case 4 -> ColourModel.CMYK;
                default -> null;
            };
        }
    }

    /** What a decoder needs before and in the first scan. */
    private void picture(long scan) {
        image.pictures = scan + 2 <= source.size() && source.u16(scan) != 0xFFD9;
        if (components < 1 || components > 4) {
            image.undecodable("the JPEG has " + components + " colour components", scan);
        } else if (!quantization) {
            image.undecodable("the JPEG has no quantization table", scan);
        }
    }

    /** Walks the segments and returns where the first scan starts. */
    private long segments() {
        source.readAhead(START);
        long at = 2;
        while (true) {
            if (source.u8(at) != 0xFF) {
                throw ReadStop.broken("a JPEG marker is missing", at);
            }
            int marker = source.u8(at + 1);
            if (marker == 0xFF) {
                at = pastFill(at + 2) - 1;
                marker = source.u8(at + 1);
            }
            source.countBox(at);
            at += 2;
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                continue;
            }
            if (marker == 0xD9) {
                throw ReadStop.broken("the JPEG ends before its first scan", at - 2);
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

    /** The first byte that is no fill; a hostile file has megabytes of it. */
    private long pastFill(long from) {
        byte[] part = new byte[512];
        for (long at = from; at < source.size(); at += part.length) {
            int length = (int) Math.min(part.length, source.size() - at);
            source.read(at, part, length);
            for (int i = 0; i < length; i++) {
                if (part[i] != (byte) 0xFF) {
                    return at + i;
                }
            }
        }
        return source.size();
    }

    private void segment(int marker, long at, int length) {
        boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame && image.width == 0 && length >= 6) {
            frameMarker = marker;
            image.bitDepth = source.u8(at);
            image.height = source.u16(at + 1);
            image.width = source.u16(at + 3);
            components = source.u8(at + 5);
            image.progressive = (marker & 3) == 2;
            // lossless frames are not quantized
            quantization |= (marker & 3) == 3;
        } else if (marker == 0xE1 && starts(at, length, "Exif\0\0")) {
            Exif.read(source::u8, at, length, image);
        } else if (marker == 0xE1 && !image.location && starts(at, length, XMP)) {
            source.readAhead(Math.min(length, Source.BULK));
            image.location = image.xmp.hasPosition(source::u8, at + XMP.length(), length - XMP.length());
            source.readAhead(START);
        } else if (marker == 0xE1 && starts(at, length, MORE_XMP)) {
            image.unlocated = "extended XMP is not searched";
        } else if (marker == 0xDB) {
            quantization = true;
        } else if (marker == 0xE2 && starts(at, length, "MPF\0")) {
            multiFrame |= MultiPicture.hasFrames(source, at + 4, length - 4);
        } else if (marker == 0xE2 && starts(at, length, "ICC_PROFILE\0")) {
            image.icc = true;
        } else if (marker == 0xEE && length >= 12 && starts(at, length, "Adobe")) {
            transform = source.u8(at + 11);
        }
    }

    private boolean starts(long at, int length, String prefix) {
        return length >= prefix.length() && source.ascii(at, prefix.length()).equals(prefix);
    }

    /** Inside a scan the end marker cannot occur, so where it is missing after the scan's start the picture was cut. */
    private void truncation(long scan) {
        long from = Math.max(scan, source.size() - TAIL);
        source.readAhead(Source.BULK);
        for (long at = from; at + 2 <= source.size(); at++) {
            if (source.u8(at) == 0xFF && source.u8(at + 1) == 0xD9) {
                image.truncated = false;
                return;
            }
        }
        if (from <= scan) {
            image.truncated = true;
        } else {
            image.openEnd = "no end marker in the last 64 KiB; other data may follow the picture";
        }
    }
}
