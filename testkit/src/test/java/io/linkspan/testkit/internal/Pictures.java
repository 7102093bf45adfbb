package io.linkspan.testkit.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first bytes of pictures and videos; the rest does not matter to a simulator. */
public final class Pictures {

    private Pictures() {}

    public static byte[] jpeg(int width, int height) {
        return ByteBuffer.allocate(64)
                .putInt(0xffd8ffe0)
                .putShort((short) 16)
                .put(new byte[14])
                .putShort((short) 0xffc0)
                .putShort((short) 17)
                .put((byte) 8)
                .putShort((short) height)
                .putShort((short) width)
                .array();
    }

    public static byte[] png(int width, int height) {
        return ByteBuffer.allocate(64)
                .putLong(0x89504e470d0a1a0aL)
                .putInt(13)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .array();
    }

    public static byte[] webp(int width, int height) {
        byte[] bytes = ByteBuffer.allocate(64)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII))
                .array();
        for (int i = 0; i < 3; i++) {
            bytes[24 + i] = (byte) ((width - 1) >> (8 * i));
            bytes[27 + i] = (byte) ((height - 1) >> (8 * i));
        }
        return bytes;
    }

    public static byte[] mp4(int size) {
        return ByteBuffer.allocate(Math.max(size, 12))
                .putInt(24)
                .put("ftypisom".getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
