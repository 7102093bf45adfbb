package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ColourModel;

/** Reads the box of a low-overhead image (ISO 23008-12, {@code mini}), which holds all of it in one row of bits. */
final class Mini {
    /** The fields before the data are shorter, whatever they hold. */
    private static final int HEAD = 256;

    private final Source source;
    private final ImageHeader image;
    private final boolean hevc;

    Mini(Source source, ImageHeader image, boolean hevc) {
        this.hevc = hevc;
        this.source = source;
        this.image = image;
    }

    void read(Box box) {
        byte[] head = new byte[HEAD];
        int length = (int) Math.min(HEAD, box.length());
        source.read(box.payload(), head, length);
        Bits in = Bits.plain(head, length);
        in.skip(2);
        boolean named = in.flag();
        boolean real = in.flag();
        in.skip(1);
        image.alpha = in.flag();
        boolean coloured = in.flag();
        boolean hdr = in.flag();
        image.icc = in.flag();
        boolean exif = in.flag();
        boolean xmp = in.flag();
        int chroma = (int) in.bits(2);
        image.model = chroma == 0 ? ColourModel.GREY : ColourModel.YCBCR;
        image.orientation = (int) in.bits(3) + 1;
        int side = in.flag() ? 7 : 15;
        image.width = in.bits(side) + 1;
        image.height = in.bits(side) + 1;
        in.skip(chroma == 1 ? 2 : chroma == 2 ? 1 : 0);
        if (real) {
            image.bitDepth = 1 << (4 + (int) in.bits(2));
        } else {
            image.bitDepth = in.flag() ? 9 + (int) in.bits(3) : 8;
        }
        image.pictures = true;
        if (hdr) {
            image.unlocated = "what a low-overhead image says besides is not read where it has an HDR part";
            return;
        }
        in.skip(image.alpha ? 1 : 0);
        in.skip(coloured ? (chroma == 0 ? 16 : 24) : 0);
        in.skip(named ? 64 : 0);
        data(in, box, exif, xmp);
    }

    /** The sizes of the parts and where those lie. */
    private void data(Bits in, Box box, boolean exif, boolean xmp) {
        int metadata = (image.icc || exif || xmp) && in.flag() ? 10 : 20;
        int setup = in.flag() ? 3 : 12;
        int content = in.flag() ? 15 : 28;
        long before = image.icc ? in.bits(metadata) + 1 : 0;
        long configuration = in.bits(setup);
        long picture = in.bits(content) + 1;
        long alpha = image.alpha ? in.bits(content) : 0;
        long alphaSetup = alpha > 0 ? in.bits(setup) : 0;
        long exifSize = exif ? in.bits(metadata) + 1 : 0;
        long xmpSize = xmp ? in.bits(metadata) + 1 : 0;
        long setups = box.payload() + in.bytes() + alphaSetup;
        if (configuration == 0 || setups + configuration > box.end()) {
            image.undecodable("the picture has no decoder configuration", box.start());
        } else {
            Box setupBox = new Box(box.type(), setups, setups, setups + configuration, box.parent());
            HeifReader.picture(source, setupBox, hevc, image);
        }
        long at = box.payload() + in.bytes() + alphaSetup + before + configuration + alpha + picture;
        if (at + exifSize + xmpSize > box.end()) {
            image.undecodable("the picture runs past " + box.path(), box.start());
            return;
        }
        int own = image.orientation;
        if (exifSize > 4) {
            long skip = 4 + source.u32(at);
            Exif.read(source::u8, at + skip, exifSize - skip, image);
        }
        image.orientation = own;
        image.location |= xmp && image.xmp.hasPosition(source::u8, at + exifSize, xmpSize);
    }
}
