package io.linkspan.preflight.internal.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads what the text chunks of a PNG say about the place of recording: XMP, and Exif as ImageMagick writes it, in
 * hexadecimal. Nothing else is unpacked, and of that only a bounded part.
 */
final class PngText {
    private static final int LONGEST_KEYWORD = 79;
    private static final int MOST_BYTES = 1 << 16;
    private static final int MOST_TEXTS = 2;

    private final Source source;
    private final ImageHeader image;
    private int texts;

    PngText(Source source, ImageHeader image) {
        this.source = source;
        this.image = image;
    }

    /** One chunk of this type, if its keyword is one that counts. */
    void read(String type, long at, long length) {
        if (image.location) {
            return;
        }
        long end = at + length;
        String keyword = text(at, Math.min(end, at + LONGEST_KEYWORD + 1));
        long data = at + keyword.length() + 1;
        boolean profile = keyword.startsWith("Raw profile type ")
                && (keyword.endsWith(" exif") || keyword.endsWith(" APP1") || keyword.endsWith(" xmp"));
        if (data + 2 > end || !(profile || keyword.equals("XML:com.adobe.xmp"))) {
            return;
        }
        if (++texts > MOST_TEXTS) {
            image.unlocated = "more texts than are searched may say it";
            return;
        }
        boolean packed = type.equals("zTXt") || (type.equals("iTXt") && source.u8(data) == 1);
        if (type.equals("zTXt")) {
            data += 1;
        } else if (type.equals("iTXt")) {
            data += 2;
            data += text(data, end).length() + 1L;
            data += text(data, end).length() + 1L;
        }
        InputStream all = packed ? unpacked(data, end) : new Range(source, data, end);
        try (InputStream in = new First(all, 4 * MOST_BYTES)) {
            byte[] bytes = profile ? profile(in) : in.readNBytes(MOST_BYTES);
            if (bytes.length == MOST_BYTES) {
                image.unlocated = "only a part of a long text was searched";
            }
            Octets octets = position -> bytes[(int) position] & 0xFF;
            boolean exif = profile && !keyword.endsWith(" xmp") && !startsWith(bytes, "http:");
            if (exif) {
                int own = image.orientation;
                Exif.read(octets, 0, bytes.length, image);
                image.orientation = own;
            } else {
                image.location |= image.xmp.hasPosition(octets, 0, bytes.length);
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            // a text that cannot be unpacked says nothing, and decoders pass over it
        }
    }

    private static boolean startsWith(byte[] bytes, String text) {
        return bytes.length >= text.length() && Octets.match(position -> bytes[(int) position] & 0xFF, 0, text);
    }

    /** Text up to a zero byte. */
    private String text(long at, long end) {
        StringBuilder text = new StringBuilder();
        for (long i = at; i < end && text.length() <= LONGEST_KEYWORD && source.u8(i) != 0; i++) {
            text.append((char) source.u8(i));
        }
        return text.toString();
    }

    private InputStream unpacked(long data, long end) {
        Inflater inflater = new Inflater();
        return new InflaterInputStream(new Range(source, data, end), inflater, 512) {
            @Override
            public void close() {
                inflater.end();
            }
        };
    }

    /** A line with the name, one with the length, and then the bytes as hexadecimal digits in lines. */
    private static byte[] profile(InputStream in) throws IOException {
        line(in);
        String length = line(in);
        if (!length.matches("\\d{1,9}")) {
            return new byte[0];
        }
        byte[] bytes = new byte[Math.min(MOST_BYTES, Integer.parseInt(length))];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (digit(in) << 4 | digit(in));
        }
        return bytes;
    }

    /** The next line that is not empty. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c > 0 && line.length() < LONGEST_KEYWORD; c = in.read()) {
            if (c != '\n') {
                line.append((char) c);
            } else if (!line.isEmpty()) {
                break;
            }
        }
        return line.toString().strip();
    }

    private static int digit(InputStream in) throws IOException {
        int c = in.read();
        while (c == '\n' || c == '\r' || c == ' ') {
            c = in.read();
        }
        int value = Character.digit(c, 16);
        if (value < 0) {
            throw new IOException("the profile ends early");
        }
        return value;
    }

    /** What comes first in a stream that may have no end. */
    private static final class First extends FilterInputStream {
        private int left;

        First(InputStream in, int most) {
            super(in);
            left = most;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? in.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = left <= 0 && length > 0 ? -1 : in.read(target, offset, Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }

    /** A part of the file as a stream. */
    private static final class Range extends InputStream {
        private final Source source;
        private final long end;
        private long position;

        Range(Source source, long start, long end) {
            this.source = source;
            this.end = end;
            this.position = start;
        }

        @Override
        public int read() {
            return position < end ? source.u8(position++) : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int done = 0;
            while (done < Math.min(length, 512) && position < end) {
                target[offset + done++] = (byte) source.u8(position++);
            }
            return done == 0 && length > 0 ? -1 : done;
        }
    }
}
