package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ColourModel;

/** Walks the chunks of a WebP file. */
final class WebpReader {
    private final Source source;
    private final ImageHeader image;

    WebpReader(Source source, ImageHeader image) {
        this.source = source;
        this.image = image;
    }

    void walk() {
        long end = 8 + little(4);
        image.bitDepth = 8;
        image.truncated = end > source.size();
        end = Math.min(end, source.size());
        boolean extended = false;
        for (long at = 12; at + 8 <= end; ) {
            source.countBox(at);
            String type = FourCc.name(source.s32(at));
            long length = little(at + 4);
            long payload = at + 8;
            image.truncated |= payload + length > source.size();
            switch (type) {
                case "VP8X" -> {
                    extended = true;
                    flags(payload);
                }
                case "VP8 " -> {
                    image.model = ColourModel.YCBCR;
                    lossy(payload, length, extended);
                }
                case "VP8L" -> {
                    image.model = ColourModel.RGB;
                    lossless(payload, length, extended);
                }
                case "ANMF" -> {
                    image.animated = true;
                    image.pictures |= length >= 24;
                }
                case "ALPH" -> image.alpha = true;
                case "ICCP" -> image.icc = true;
                case "EXIF" -> Exif.read(source::u8, payload, Math.min(length, end - payload), image);
                case "XMP " ->
                    image.location |= image.xmp.hasPosition(source::u8, payload, Math.min(length, end - payload));
                default -> {}
            }
            if (image.model == null && type.equals("ANMF") && length >= 24 && payload + 20 <= end) {
                frame(payload + 16);
            }
            at = payload + length + (length & 1);
        }
    }

    private void flags(long at) {
        int flags = source.u8(at);
        image.icc |= (flags & 0x20) != 0;
        image.alpha |= (flags & 0x10) != 0;
        image.animated |= (flags & 0x02) != 0;
        image.width = (little(at + 4) & 0xFFFFFF) + 1;
        image.height = (little(at + 6) >>> 8) + 1;
    }

    /** The codec of the first frame of an animation. */
    private void frame(long at) {
        String type = source.fourCc(at);
        image.model = type.equals("VP8L") ? ColourModel.RGB : ColourModel.YCBCR;
    }

    /** Of an extended file the size is that of its canvas. */
    private void lossy(long at, long length, boolean extended) {
        if (length < 10 || source.u24(at + 3) != 0x9D012A) {
            image.undecodable("the WebP picture has no start code", at);
            return;
        }
        long size = little(at + 6);
        picture(at, size & 0x3FFF, size >>> 16 & 0x3FFF, extended);
    }

    private void lossless(long at, long length, boolean extended) {
        if (length < 5 || source.u8(at) != 0x2F) {
            image.undecodable("the WebP picture has no signature", at);
            return;
        }
        long bits = little(at + 1);
        picture(at, (bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1, extended);
        image.alpha |= (bits >>> 28 & 1) != 0;
    }

    private void picture(long at, long width, long height, boolean extended) {
        image.pictures = true;
        if (!extended) {
            image.width = width;
            image.height = height;
        } else if (width == 0 || height == 0) {
            image.undecodable("the WebP picture claims a size of " + width + "x" + height, at);
        }
    }

    private long little(long at) {
        return Integer.reverseBytes(source.s32(at)) & 0xFFFFFFFFL;
    }
}
