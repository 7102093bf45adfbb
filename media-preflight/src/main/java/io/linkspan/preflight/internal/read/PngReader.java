package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ColourModel;

/** Walks the chunks of a PNG; no picture is inflated. */
final class PngReader {
    private final Source source;
    private final ImageHeader image;
    private final PngText text;
    private boolean header;
    private boolean palette;

    PngReader(Source source, ImageHeader image) {
        this.source = source;
        this.image = image;
        this.text = new PngText(source, image);
    }

    void walk() {
        long at = 8;
        while (true) {
            source.countBox(at);
            long length = source.u32(at);
            String type = FourCc.name(source.s32(at + 4));
            if (length > Integer.MAX_VALUE) {
                throw ReadStop.broken(
                        "PNG chunk " + FourCc.text(source.s32(at + 4)) + " claims " + length + " bytes", at);
            }
            long end = at + 12 + length;
            if (end > source.size()) {
                throw ReadStop.broken(
                        "PNG chunk " + FourCc.text(source.s32(at + 4)) + " runs past the end of the file",
                        source.size());
            }
            chunk(type, at + 8, length);
            if (type.equals("IEND")) {
                image.truncated = false;
                return;
            }
            at = end;
        }
    }

    private void chunk(String type, long at, long length) {
        switch (type) {
            case "IHDR" -> {
                if (length >= 13 && !header) {
                    header = true;
                    header(at);
                }
            }
            case "iCCP" -> image.icc = true;
            case "acTL" -> image.animated = true;
            case "tRNS" -> image.alpha = true;
            case "eXIf" -> Exif.read(source::u8, at, length, image);
            case "tEXt", "zTXt", "iTXt" -> text.read(type, at, length);
            case "PLTE" -> palette = true;
            case "IDAT" -> data(at, length);
            default -> {}
        }
    }

    /** The first piece of picture data starts with the head of a zlib stream. */
    private void data(long at, long length) {
        if (image.pictures || length < 2) {
            return;
        }
        image.pictures = true;
        if (!header) {
            image.undecodable("the PNG has picture data before its header", at);
        } else if (image.model == ColourModel.PALETTE && !palette) {
            image.undecodable("the PNG has no palette", at);
        } else if ((source.u8(at) & 15) != 8 || source.u16(at) % 31 != 0) {
            image.undecodable("the picture data of the PNG is no zlib stream", at);
        }
    }

    private void header(long at) {
        image.width = source.u32(at);
        image.height = source.u32(at + 4);
        image.bitDepth = source.u8(at + 8);
        int type = source.u8(at + 9);
        image.model = switch (type) {
            case 0, 4 -> ColourModel.GREY;
            case 2, 6 -> ColourModel.RGB;
            case 3 -> ColourModel.PALETTE;
            default -> null;
        };
        if (image.model == null || image.bitDepth > 16 || Integer.bitCount(image.bitDepth) != 1) {
            image.undecodable("the PNG claims colour type " + type + " with " + image.bitDepth + " bits", at);
        }
        image.alpha = type == 4 || type == 6;
        image.progressive = source.u8(at + 12) == 1;
    }
}
