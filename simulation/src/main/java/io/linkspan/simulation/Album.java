package io.linkspan.simulation;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Media that differ where nobody looks. */
final class Album {
    private static final byte[] VIDEO = read("/media/sample.mp4");
    private static final byte[] IMAGE = draw();

    private Album() {}

    /** A video of its own for each mark. */
    static byte[] video(String mark) {
        byte[] content = mark.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(VIDEO.length + 8 + content.length)
                .put(VIDEO)
                .putInt(8 + content.length)
                .put("free".getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
    }

    /** A JPEG of its own for each mark, which stands in a comment behind the first marker. */
    static byte[] image(String mark) {
        byte[] content = mark.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(IMAGE.length + 4 + content.length)
                .put(IMAGE, 0, 2)
                .putShort((short) 0xFFFE)
                .putShort((short) (2 + content.length))
                .put(content)
                .put(IMAGE, 2, IMAGE.length - 2)
                .array();
    }

    private static byte[] draw() {
        BufferedImage image = new BufferedImage(1080, 1080, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.ORANGE);
        pen.fillRect(0, 0, 1080, 1080);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The same size and another content, which is that of no other mark. */
    static byte[] changed(byte[] content) {
        byte[] changed = Arrays.copyOf(content, content.length);
        changed[changed.length - 1] ^= (byte) 0x80;
        return changed;
    }

    private static byte[] read(String name) {
        try (InputStream in = Album.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
