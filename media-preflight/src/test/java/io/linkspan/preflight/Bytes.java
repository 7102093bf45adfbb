package io.linkspan.preflight;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes boxes and changes places in existing files. */
final class Bytes {
    private final byte[] data;

    Bytes(byte[] data) {
        this.data = data.clone();
    }

    byte[] done() {
        return data.clone();
    }

    /** Overwrites 4 bytes at an offset inside the payload of the nth box (from 0) of a type. */
    Bytes u32(String type, int nth, int offset, long value) {
        ByteBuffer.wrap(data).putInt(payload(type, nth) + offset, (int) value);
        return this;
    }

    Bytes u8(String type, int nth, int offset, int value) {
        data[payload(type, nth) + offset] = (byte) value;
        return this;
    }

    /** Overwrites the size field of the nth box of a type. */
    Bytes size(String type, int nth, long value) {
        ByteBuffer.wrap(data).putInt(payload(type, nth) - 8, (int) value);
        return this;
    }

    Bytes type(String type, int nth, String other) {
        System.arraycopy(other.getBytes(StandardCharsets.ISO_8859_1), 0, data, payload(type, nth) - 4, 4);
        return this;
    }

    private int payload(String type, int nth) {
        byte[] wanted = type.getBytes(StandardCharsets.ISO_8859_1);
        int left = nth;
        for (int i = 0; i + 4 <= data.length; i++) {
            if (data[i] == wanted[0]
                    && data[i + 1] == wanted[1]
                    && data[i + 2] == wanted[2]
                    && data[i + 3] == wanted[3]
                    && left-- == 0) {
                return i + 4;
            }
        }
        throw new IllegalArgumentException("no box " + type + " number " + nth);
    }

    static byte[] box(String type, byte[]... parts) {
        byte[] content = join(parts);
        return join(u32(content.length + 8), type.getBytes(StandardCharsets.ISO_8859_1), content);
    }

    static byte[] u32(long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 4);
        for (long value : values) {
            buffer.putInt((int) value);
        }
        return buffer.array();
    }

    static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }
}
