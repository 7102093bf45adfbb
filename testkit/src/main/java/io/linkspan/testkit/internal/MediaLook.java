package io.linkspan.testkit.internal;

import java.nio.charset.StandardCharsets;

/**
 * What media looks like from its first bytes. Bytes that look like nothing are {@link #UNKNOWN}, so that tests may use
 * arbitrary bytes as media.
 *
 * @param format the format
 * @param width pixels; 0 when not known
 * @param height pixels; 0 when not known
 */
public record MediaLook(Format format, int width, int height) {

    /** Looks like nothing known. */
    public static final MediaLook UNKNOWN = new MediaLook(Format.UNKNOWN, 0, 0);

    /** Formats told apart. */
    public enum Format {
        /** JPEG. */
        JPEG,
        /** PNG. */
        PNG,
        /** GIF. */
        GIF,
        /** WebP. */
        WEBP,
        /** HEIC and HEIF. */
        HEIC,
        /** MP4 and QuickTime. */
        MP4,
        /** WebM and Matroska. */
        WEBM,
        /** An HTML page, as hosts show instead of a file. */
        HTML,
        /** None of these. */
        UNKNOWN;

        /** {@return whether this is a picture} */
        public boolean picture() {
            return this == JPEG || this == PNG || this == GIF || this == WEBP || this == HEIC;
        }

        /** {@return whether this is a video} */
        public boolean video() {
            return this == MP4 || this == WEBM;
        }
    }

    /**
     * Looks at the first bytes.
     *
     * @param head the first bytes, some tens of KB at best
     * @return what they are
     */
    public static MediaLook of(byte[] head) {
        if (begins(head, 0, "\u00ff\u00d8\u00ff")) {
            return jpeg(head);
        }
        if (begins(head, 0, "\u0089PNG\r\n")) {
            return new MediaLook(Format.PNG, big(head, 16, 4), big(head, 20, 4));
        }
        if (begins(head, 0, "GIF8")) {
            return new MediaLook(Format.GIF, little(head, 6, 2), little(head, 8, 2));
        }
        if (begins(head, 0, "RIFF") && begins(head, 8, "WEBP")) {
            return webp(head);
        }
        if (begins(head, 4, "ftyp")) {
            boolean heif = begins(head, 8, "hei") || begins(head, 8, "hev") || begins(head, 8, "mif1");
            return new MediaLook(heif ? Format.HEIC : Format.MP4, 0, 0);
        }
        if (begins(head, 0, "\u001aE\u00df\u00a3")) {
            return new MediaLook(Format.WEBM, 0, 0);
        }
        boolean page =
                begins(head, 0, "<!DOCTYPE html") || begins(head, 0, "<!doctype html") || begins(head, 0, "<html");
        return page ? new MediaLook(Format.HTML, 0, 0) : UNKNOWN;
    }

    private static MediaLook jpeg(byte[] head) {
        int at = 2;
        while (at + 9 < head.length && (head[at] & 0xff) == 0xff) {
            int marker = head[at + 1] & 0xff;
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new MediaLook(Format.JPEG, big(head, at + 7, 2), big(head, at + 5, 2));
            }
            at += 2 + big(head, at + 2, 2);
        }
        return new MediaLook(Format.JPEG, 0, 0);
    }

    private static MediaLook webp(byte[] head) {
        if (begins(head, 12, "VP8X")) {
            return new MediaLook(Format.WEBP, 1 + little(head, 24, 3), 1 + little(head, 27, 3));
        }
        if (begins(head, 12, "VP8L")) {
            int bits = little(head, 21, 4);
            return new MediaLook(Format.WEBP, 1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
        }
        return new MediaLook(Format.WEBP, little(head, 26, 2) & 0x3fff, little(head, 28, 2) & 0x3fff);
    }

    private static boolean begins(byte[] head, int at, String mark) {
        byte[] expected = mark.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= at + expected.length
                && java.util.Arrays.equals(head, at, at + expected.length, expected, 0, expected.length);
    }

    private static int big(byte[] head, int at, int count) {
        int value = 0;
        for (int i = 0; i < count && at + i < head.length; i++) {
            value = (value << 8) | (head[at + i] & 0xff);
        }
        return value;
    }

    private static int little(byte[] head, int at, int count) {
        int value = 0;
        for (int i = 0; i < count && at + i < head.length; i++) {
            value |= (head[at + i] & 0xff) << (8 * i);
        }
        return value;
    }
}
