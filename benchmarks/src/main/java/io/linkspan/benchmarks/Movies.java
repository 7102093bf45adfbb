package io.linkspan.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Movies made in code: real indexes over media that is a hole in the file. */
final class Movies {
    private static final int FRAME_BYTES = 1_500;
    private static final int GOP = 60;
    private static final int DECODED = 300;
    private static final List<byte[]> NALS = nals();

    private Movies() {}

    /** A movie whose samples all lie in {@code mediaBytes} of {@code mdat}. */
    static Path write(Path file, int videoSamples, int audioSamples, long mediaBytes, boolean moovFirst) {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            byte[] ftyp = box("ftyp", ascii("isom"), u32(512), ascii("isomiso2avc1mp41"));
            int moovSize = moov(videoSamples, audioSamples, 0).length;
            long mdat = ftyp.length + (moovFirst ? moovSize : 0L);
            byte[] moov = moov(videoSamples, audioSamples, mdat + 16);
            byte[] header = join(u32(1), ascii("mdat"), u64(16 + mediaBytes));
            out.write(ByteBuffer.wrap(ftyp), 0);
            if (moovFirst) {
                out.write(ByteBuffer.wrap(moov), ftyp.length);
            }
            out.write(ByteBuffer.wrap(header), mdat);
            samples(out, mdat + 16, videoSamples);
            if (moovFirst) {
                out.write(ByteBuffer.wrap(new byte[1]), mdat + 15 + mediaBytes);
            } else {
                out.write(ByteBuffer.wrap(moov), mdat + 16 + mediaBytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Writes real pictures and silence where a tool that decodes the start of a file looks, and at every key frame. */
    private static void samples(FileChannel out, long media, int videoSamples) throws IOException {
        for (int i = 0; i < videoSamples; i += i < DECODED ? 1 : GOP) {
            byte[] slice = NALS.get(2 + i % GOP);
            byte[] filler = join(u32(FRAME_BYTES - slice.length - 8), new byte[] {12});
            byte[] sample = join(u32(slice.length), slice, filler);
            out.write(ByteBuffer.wrap(sample), media + (long) i * FRAME_BYTES);
        }
        byte[] silence = {0x21, 0x10, 0x04, 0x60, (byte) 0x8C, 0x1C};
        for (int i = 0; i < DECODED; i++) {
            out.write(ByteBuffer.wrap(silence), media + (long) videoSamples * FRAME_BYTES + i * 341L);
        }
    }

    /** Parameter sets and one group of pictures: 1080x1920, black, H.264 High, made with x264. */
    private static List<byte[]> nals() {
        try (InputStream in = Movies.class.getResourceAsStream("black-gop.h264")) {
            String stream = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            List<byte[]> nals = new ArrayList<>();
            for (String nal : stream.split("\0?\0\0\1", -1)) {
                if (!nal.isEmpty()) {
                    nals.add(nal.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            return nals;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Offset and length of the moov box. */
    static long[] moovOf(Path file) {
        try (FileChannel in = FileChannel.open(file)) {
            long at = 0;
            while (at < in.size()) {
                ByteBuffer head = ByteBuffer.allocate(16);
                in.read(head, at);
                long size = head.getInt(0) & 0xFFFFFFFFL;
                if (size == 1) {
                    size = head.getLong(8);
                }
                if (head.getInt(4) == 0x6D6F6F76) {
                    return new long[] {at, size};
                }
                at += size;
            }
            throw new IllegalStateException("no moov");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("linkspan-benchmark");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] moov(int video, int audio, long media) {
        long milliseconds = video * 1000L / 30;
        byte[] mvhd = box(
                "mvhd", u32(0), u32(0), u32(0), u32(1000), u32((int) milliseconds), u32(0x10000), new byte[76], u32(3));
        return box("moov", mvhd, videoTrack(video, media), audioTrack(audio, media + (long) video * FRAME_BYTES));
    }

    private static byte[] videoTrack(int samples, long media) {
        int milliseconds = (int) (samples * 1000L / 30);
        byte[] sps = NALS.get(0);
        byte[] pps = NALS.get(1);
        byte[] avcC = box(
                "avcC",
                new byte[] {1, sps[1], sps[2], sps[3], (byte) 0xFF, (byte) 0xE1},
                u16(sps.length),
                sps,
                new byte[] {1},
                u16(pps.length),
                pps,
                new byte[] {(byte) 0xFD, (byte) 0xF8, (byte) 0xF8, 0});
        byte[] entry = box(
                "avc1",
                new byte[6],
                u16(1),
                new byte[16],
                u16(1080),
                u16(1920),
                u32(0x480000),
                u32(0x480000),
                u32(0),
                u16(1),
                new byte[32],
                u16(24),
                u16(0xFFFF),
                avcC);
        byte[] sync = new byte[4 * ((samples + 59) / 60)];
        for (int i = 0; i < sync.length / 4; i++) {
            ByteBuffer.wrap(sync).putInt(i * 4, i * 60 + 1);
        }
        byte[] stbl = box(
                "stbl",
                box("stsd", u32(0), u32(1), entry),
                box("stts", u32(0), u32(1), u32(samples), u32(512)),
                box("stss", u32(0), u32(sync.length / 4), sync),
                box("stsc", u32(0), u32(1), u32(1), u32(samples), u32(1)),
                sizes(samples, FRAME_BYTES),
                box("co64", u32(0), u32(1), u64(media)));
        return track(
                1, "vide", milliseconds, 15_360, (int) (samples * 512L), 1080, 1920, box("vmhd", u32(1), u64(0)), stbl);
    }

    private static byte[] audioTrack(int samples, long media) {
        int milliseconds = (int) (samples * 1024L * 1000 / 48_000);
        byte[] config = {0x11, (byte) 0x90};
        byte[] decoder =
                join(new byte[] {4, 17, 0x40, 0x15, 0, 0, 0}, u32(128_000), u32(128_000), new byte[] {5, 2}, config);
        byte[] esds = box("esds", u32(0), new byte[] {3, 25, 0, 1, 0}, decoder, new byte[] {6, 1, 2});
        byte[] entry = box("mp4a", new byte[6], u16(1), u64(0), u16(2), u16(16), u32(0), u32(48_000 << 16), esds);
        byte[] stbl = box(
                "stbl",
                box("stsd", u32(0), u32(1), entry),
                box("stts", u32(0), u32(1), u32(samples), u32(1024)),
                box("stsc", u32(0), u32(1), u32(1), u32(samples), u32(1)),
                sizes(samples, 341),
                box("co64", u32(0), u32(1), u64(media)));
        return track(2, "soun", milliseconds, 48_000, samples * 1024, 0, 0, box("smhd", u32(0), u32(0)), stbl);
    }

    private static byte[] track(
            int id,
            String handler,
            int milliseconds,
            int scale,
            int duration,
            int width,
            int height,
            byte[] head,
            byte[] stbl) {
        byte[] matrix =
                join(u32(0x10000), u32(0), u32(0), u32(0), u32(0x10000), u32(0), u32(0), u32(0), u32(0x40000000));
        byte[] tkhd = box(
                "tkhd",
                u32(3),
                u64(0),
                u32(id),
                u32(0),
                u32(milliseconds),
                new byte[16],
                matrix,
                u32(width << 16),
                u32(height << 16));
        byte[] mdia = box(
                "mdia",
                box("mdhd", u32(0), u64(0), u32(scale), u32(duration), u32(0x55C40000)),
                box("hdlr", u32(0), u32(0), ascii(handler), new byte[13]),
                box("minf", head, box("dinf", box("dref", u32(0), u32(1), box("url ", u32(1)))), stbl));
        return box("trak", tkhd, mdia);
    }

    private static byte[] sizes(int samples, int size) {
        ByteBuffer table = ByteBuffer.allocate(samples * 4);
        for (int i = 0; i < samples; i++) {
            table.putInt(size);
        }
        return box("stsz", u32(0), u32(0), u32(samples), table.array());
    }

    private static byte[] box(String type, byte[]... parts) {
        byte[] body = join(parts);
        return join(u32(body.length + 8), ascii(type), body);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] u16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }
}
