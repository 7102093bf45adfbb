package io.linkspan.preflight.internal.read;

import java.util.Arrays;

/** Four-character codes as numbers and as text. */
final class FourCc {
    private static final String HEX = "0123456789abcdef";

    /** The boxes and chunks that are looked for. */
    private static final String[] NAMES = {
        "\u00A9xyz",
        "acTL",
        "alac",
        "ALPH",
        "ANMF",
        "av1C",
        "avcC",
        "btrt",
        "clap",
        "clli",
        "cmov",
        "co64",
        "CoLL",
        "colr",
        "ctts",
        "dac3",
        "dec3",
        "dfLa",
        "dOps",
        "dvcC",
        "dvvC",
        "edts",
        "esds",
        "EXIF",
        "eXIf",
        "ftyp",
        "hdlr",
        "hvcC",
        "ICCP",
        "iCCP",
        "IDAT",
        "IEND",
        "IHDR",
        "iinf",
        "iloc",
        "imir",
        "idat",
        "ilst",
        "iprp",
        "irot",
        "ispe",
        "iTXt",
        "keys",
        "loci",
        "mdat",
        "mdcv",
        "mdhd",
        "mdia",
        "meta",
        "minf",
        "moof",
        "moov",
        "mini",
        "mvex",
        "mvhd",
        "pasp",
        "pitm",
        "pixi",
        "PLTE",
        "sinf",
        "SmDm",
        "stco",
        "stps",
        "stsc",
        "stsd",
        "stss",
        "stsz",
        "stts",
        "stz2",
        "tEXt",
        "tkhd",
        "trak",
        "tRNS",
        "udta",
        "uuid",
        "VP8 ",
        "VP8L",
        "VP8X",
        "vpcC",
        "wave",
        "XMP ",
        "XMP_",
        "zTXt"
    };

    private static final int[] CODES = new int[NAMES.length];

    static {
        Arrays.sort(NAMES, (a, b) -> Integer.compare(code(a), code(b)));
        Arrays.setAll(CODES, i -> code(NAMES[i]));
    }

    private FourCc() {}

    static int code(String text) {
        return text.charAt(0) << 24 | text.charAt(1) << 16 | text.charAt(2) << 8 | text.charAt(3);
    }

    /** The code as text if it is one that is looked for, else empty; takes no memory. */
    static String name(int code) {
        int at = Arrays.binarySearch(CODES, code);
        return at < 0 ? "" : NAMES[at];
    }

    /** The code as text; bytes that do not print become {@code \xNN}, so that a report stays one clean line. */
    static String text(int code) {
        StringBuilder text = new StringBuilder(16);
        for (int shift = 24; shift >= 0; shift -= 8) {
            int c = code >>> shift & 0xFF;
            if ((c >= 0x20 && c < 0x7F) || c == 0xA9) {
                text.append((char) c);
            } else {
                text.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return text.toString();
    }
}
