package io.linkspan.preflight;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files of which all headers are right and of which the pictures are not there, as after a copy into reserved space that broke off. */
final class NoPictures {
    private static final List<String> MOVIES = List.of(
            "h264-main.mp4",
            "moov-first.mp4",
            "moov-last.mp4",
            "container-mov.mov",
            "fragmented-dash.mp4",
            "fragmented-keys.mp4",
            "gop-open-5.mp4",
            "hevc-yuv420p.mp4",
            "gop-hevc-open-5.mp4",
            "inband-hev1.mp4",
            "vp9-yuv420p.mp4",
            "vp9-yuv444p12le.mp4",
            "codec-av1.mp4",
            "codec-av1-10.mp4",
            "codec-mpeg4.mp4",
            "codec-mjpeg.mov",
            "codec-prores.mov");
    private static final List<String> MATROSKA = List.of(
            "vp9-yuv420p.webm",
            "vp9-yuv444p12le.webm",
            "container-live.webm",
            "codec-av1.webm",
            "container-mkv.mkv",
            "container-hevc.mkv");

    private NoPictures() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : MOVIES) {
            files.put(name + ", media of zeros", media(Corpus.bytes(name), 0, 0));
            files.put(name + ", media of ones", media(Corpus.bytes(name), 0, 0xFF));
        }
        byte[] vp8 = vp8(Corpus.bytes("vp9-yuv420p.mp4"), "vp09", "vp08");
        files.put("vp8 in mp4, media of zeros", media(vp8, 0, 0));
        files.put("vp8 in mp4, media of ones", media(vp8, 0, 0xFF));
        files.put("vp8 in mp4, no start code", vp8);
        for (String name : MATROSKA) {
            files.put(name + ", first frame of zeros", firstFrame(Corpus.bytes(name), 0));
            files.put(name + ", first frame of ones", firstFrame(Corpus.bytes(name), 0xFF));
        }
        byte[] webm = vp8(Corpus.bytes("vp9-yuv420p.webm"), "V_VP9", "V_VP8");
        files.put("vp8 in webm, first frame of ones", firstFrame(webm, 0xFF));
        files.put("vp8 in webm, no start code", webm);
        files.put("hev1 with a sequence parameter set of ones", inBand(0xFF));
        files.put("hev1 with a sequence parameter set of zeros", inBand(0));
        return files;
    }

    /** A file of which the media is there up to a part of it, and then this byte. */
    static byte[] media(byte[] file, double part, int value) {
        ByteBuffer in = ByteBuffer.wrap(file);
        for (int at = 0; at + 8 <= file.length; ) {
            int size = in.getInt(at) == 0 ? file.length - at : in.getInt(at);
            if (in.getInt(at + 4) == 0x6D646174) {
                Arrays.fill(file, at + 8 + (int) (part * (size - 8)), at + size, (byte) value);
            }
            at += size;
        }
        return file;
    }

    /** Another codec over the same bytes, which are none of it. */
    private static byte[] vp8(byte[] file, String from, String to) {
        int at = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(from);
        System.arraycopy(Bytes.ascii(to), 0, file, at, to.length());
        return file;
    }

    /** Overwrites what the first block of the first video track holds. */
    static byte[] firstFrame(byte[] file, int value) {
        int at = find(file, 0x1F, 0x43, 0xB6, 0x75) + 4;
        for (at += length(file, at); ; ) {
            int id = file[at] & 0xFF;
            int size = size(file, at + 1);
            int data = at + 1 + length(file, at + 1);
            if (id == 0xA0) {
                at = data;
            } else if ((id == 0xA3 || id == 0xA1) && file[data] == (byte) 0x81) {
                Arrays.fill(file, data + 4, data + size, (byte) value);
                return file;
            } else {
                at = data + size;
            }
        }
    }

    private static int length(byte[] file, int at) {
        return Integer.numberOfLeadingZeros(file[at] & 0xFF) - 23;
    }

    private static int size(byte[] file, int at) {
        int size = file[at] & (0xFF >> length(file, at));
        for (int i = 1; i < length(file, at); i++) {
            size = size << 8 | (file[at + i] & 0xFF);
        }
        return size;
    }

    /** The parameter sets are in the first sample, before its picture, and make no sense. */
    private static byte[] inBand(int value) {
        byte[] file = IsoEdit.of(Corpus.bytes("inband-hev1.mp4"))
                .change("moov/trak/mdia/minf/stbl/stsd/hev1/hvcC", old -> {
                    byte[] head = Arrays.copyOf(old, 23);
                    head[22] = 0;
                    return head;
                })
                .done();
        int sample = find(file, 'm', 'd', 'a', 't') + 4;
        ByteBuffer out = ByteBuffer.wrap(file);
        int unit = out.getInt(sample);
        byte[] set = new byte[20];
        Arrays.fill(set, 2, 20, (byte) value);
        set[0] = 0x42;
        set[1] = 1;
        byte[] picture = Arrays.copyOfRange(file, sample + 4, sample + 4 + unit - 24);
        out.position(sample);
        out.putInt(20).put(set).putInt(unit - 24).put(picture);
        return file;
    }

    private static int find(byte[] file, int... bytes) {
        for (int at = 0; ; at++) {
            boolean found = true;
            for (int i = 0; i < bytes.length; i++) {
                found &= (file[at + i] & 0xFF) == bytes[i];
            }
            if (found) {
                return at;
            }
        }
    }
}
