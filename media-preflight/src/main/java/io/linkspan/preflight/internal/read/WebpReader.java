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
            switch (type) {
                case "VP8X" -> {
                    extended = true;
                    flags(payload);
                }
                case "VP8 " -> {
                    image.model = ColourModel.YCBCR;
                    if (!extended) {
                        lossy(payload);
                    }
                }
                case "VP8L" -> {
                    image.model = ColourModel.RGB;
                    if (!extended) {
                        lossless(payload);
                    }
                }
                case "ANMF" -> image.animated = true;
                case "ALPH" -> image.alpha = true;
                case "ICCP" -> image.icc = true;
                case "EXIF" -> exif(payload, Math.min(length, end - payload));
                default -> {}
            }
            if (image.model == null && type.equals("ANMF") && length >= 24 && payload + 20 <= end) {
                frame(payload + 16);
            }
            at = payload + length + (length & 1);
        }
        if (image.width == 0) {
            throw ReadStop.broken("the WebP file holds no picture", Math.min(end, source.size()));
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

    private void lossy(long at) {
        if (source.u24(at + 3) != 0x9D012A) {
            throw ReadStop.broken("the WebP picture has no start code", at);
        }
        long size = little(at + 6);
        image.width = size & 0x3FFF;
        image.height = size >>> 16 & 0x3FFF;
    }

    private void lossless(long at) {
        if (source.u8(at) != 0x2F) {
            throw ReadStop.broken("the WebP picture has no signature", at);
        }
        long bits = little(at + 1);
        image.width = (bits & 0x3FFF) + 1;
        image.height = (bits >>> 14 & 0x3FFF) + 1;
        image.alpha = (bits >>> 28 & 1) != 0;
    }

    /** Some writers put the JPEG prefix before the block. */
    private void exif(long at, long length) {
        boolean prefixed = length >= 6 && source.ascii(at, 6).equals("Exif\0\0");
        Exif.read(source, prefixed ? at + 6 : at, prefixed ? length - 6 : length, image);
    }

    private long little(long at) {
        return Integer.reverseBytes(source.s32(at)) & 0xFFFFFFFFL;
    }
}
