package io.linkspan.preflight;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes boxes of a good ISO file and keeps all sizes and chunk offsets right, so that one thing alone differs. */
final class IsoEdit {
    /** Bytes before the first child, of boxes that have children. */
    private static final Map<String, Integer> CONTAINERS = Map.ofEntries(
            Map.entry("moov", 0),
            Map.entry("trak", 0),
            Map.entry("edts", 0),
            Map.entry("mdia", 0),
            Map.entry("minf", 0),
            Map.entry("stbl", 0),
            Map.entry("udta", 0),
            Map.entry("meta", 4),
            Map.entry("iprp", 0),
            Map.entry("ipco", 0),
            Map.entry("stsd", 8),
            Map.entry("avc1", 78),
            Map.entry("hvc1", 78),
            Map.entry("hev1", 78),
            Map.entry("vp09", 78),
            Map.entry("av01", 78),
            Map.entry("mp4v", 78),
            Map.entry("mp4a", 28));

    private byte[] file;

    private IsoEdit(byte[] file) {
        this.file = file;
    }

    static IsoEdit of(byte[] file) {
        return new IsoEdit(file);
    }

    /** The payload of the box at a path. */
    static byte[] read(byte[] file, String path) {
        byte[][] found = new byte[1][];
        of(file).change(path, payload -> {
            found[0] = payload;
            return payload;
        });
        return found[0];
    }

    byte[] done() {
        return file;
    }

    /** Changes the payload of the box at a path such as {@code moov/trak:1/edts/elst}; null takes the box away. */
    IsoEdit change(String path, UnaryOperator<byte[]> change) {
        byte[] before = file;
        int[] met = {0};
        byte[] after = edit(before, 0, path.split("/", -1), 0, change, met);
        if (met[0] != 1) {
            throw new IllegalArgumentException(met[0] + " boxes at " + path);
        }
        long grown = (long) after.length - before.length;
        String text = new String(before, StandardCharsets.ISO_8859_1);
        file = after;
        if (grown != 0 && text.indexOf("moov") < text.indexOf("mdat") && path.startsWith("moov")) {
            shiftChunks((int) grown);
        }
        return this;
    }

    IsoEdit payload(String path, byte[] payload) {
        return change(path, old -> payload);
    }

    IsoEdit remove(String path) {
        return change(path, old -> null);
    }

    /** Adds a box at the end of one that has children. */
    IsoEdit add(String path, byte[] box) {
        return change(path, old -> Bytes.join(old, box));
    }

    IsoEdit u8(String path, int offset, int value) {
        return change(path, old -> {
            byte[] changed = old.clone();
            changed[offset] = (byte) value;
            return changed;
        });
    }

    IsoEdit u16(String path, int offset, int value) {
        return u8(path, offset, value >> 8).u8(path, offset + 1, value);
    }

    IsoEdit u32(String path, int offset, long value) {
        return u16(path, offset, (int) (value >> 16)).u16(path, offset + 2, (int) value);
    }

    private void shiftChunks(int grown) {
        byte[] shifted = file.clone();
        ByteBuffer bytes = ByteBuffer.wrap(shifted);
        String text = new String(shifted, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf("stco"); at >= 0 && at < text.indexOf("mdat"); at = text.indexOf("stco", at + 4)) {
            int count = bytes.getInt(at + 8);
            for (int i = 0; i < count; i++) {
                int place = at + 12 + 4 * i;
                bytes.putInt(place, bytes.getInt(place) + grown);
            }
        }
        file = shifted;
    }

    private static byte[] edit(
            byte[] data, int skip, String[] path, int depth, UnaryOperator<byte[]> change, int[] met) {
        String[] step = path[depth].split(":", -1);
        int left = step.length > 1 ? Integer.parseInt(step[1]) : 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(data, 0, skip);
        ByteBuffer in = ByteBuffer.wrap(data);
        int at = skip;
        while (at + 8 <= data.length) {
            int size = in.getInt(at) == 0 ? data.length - at : in.getInt(at);
            String type = new String(data, at + 4, 4, StandardCharsets.ISO_8859_1);
            byte[] payload = java.util.Arrays.copyOfRange(data, at + 8, at + size);
            if (!type.equals(step[0]) || left-- != 0) {
                out.write(data, at, size);
            } else if (depth + 1 < path.length) {
                byte[] inner = edit(payload, CONTAINERS.get(type), path, depth + 1, change, met);
                out.writeBytes(Bytes.box(type, inner));
            } else {
                met[0]++;
                byte[] changed = change.apply(payload);
                if (changed != null) {
                    out.writeBytes(Bytes.box(type, changed));
                }
            }
            at += size;
        }
        out.write(data, at, data.length - at);
        return out.toByteArray();
    }
}
