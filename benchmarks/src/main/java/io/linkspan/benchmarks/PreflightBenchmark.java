package io.linkspan.benchmarks;

import com.drew.imaging.ImageMetadataReader;
import io.linkspan.preflight.Preflight;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jcodec.common.io.FileChannelWrapper;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.containers.mp4.MP4Util;
import org.mp4parser.IsoFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One whole look at a movie with each tool; files are in the page cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PreflightBenchmark {
    private static final long GIBIBYTE = 1L << 30;

    /** Which file is looked at. */
    @Param({"moov-first-1GiB", "moov-last-1GiB", "two-hours-550k-samples"})
    public String movie;

    private Path folder;
    private Path file;
    private long[] moov;
    private ByteBuffer buffer;

    /** Makes the file. */
    @Setup(Level.Trial)
    public void make() {
        folder = Movies.folder();
        // 64 KiB of index: about 6,400 pictures and 9,700 sounds of four bytes each
        file = switch (movie) {
            case "moov-first-1GiB" -> Movies.write(folder.resolve("first.mp4"), 6_300, 9_800, GIBIBYTE, true);
            case "moov-last-1GiB" -> Movies.write(folder.resolve("last.mp4"), 6_300, 9_800, GIBIBYTE, false);
            case "two-hours-550k-samples" ->
                Movies.write(folder.resolve("hours.mp4"), 216_000, 337_500, GIBIBYTE, true);
            default -> throw new IllegalStateException(movie);
        };
        moov = Movies.moovOf(file);
        buffer = ByteBuffer.allocateDirect(64 * 1024);
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        System.out.println("# "
                + Preflight.check(file).toString().lines().findFirst().orElse("") + "; moov " + moov[1] + " bytes");
    }

    /**
     * Deletes the file.
     *
     * @throws IOException if that fails
     */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
        Files.delete(folder);
    }

    /**
     * The unit: the same index bytes, read once through a buffer of 64 KiB and summed as 32-bit numbers.
     *
     * @return the sum
     * @throws IOException if reading fails
     */
    @Benchmark
    public long streamedMoov() throws IOException {
        long sum = 0;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = moov[0];
            long end = moov[0] + moov[1];
            while (at < end) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
                at += in.read(buffer, at);
                buffer.flip();
                while (buffer.remaining() >= 4) {
                    sum += buffer.getInt();
                }
            }
        }
        return sum;
    }

    /**
     * Ours: facts, all rules, all destinations.
     *
     * @return the report
     */
    @Benchmark
    public Object linkspan() {
        return Preflight.check(file);
    }

    /**
     * metadata-extractor.
     *
     * @return what it found
     * @throws Exception if it fails
     */
    @Benchmark
    public Object metadataExtractor() throws Exception {
        return ImageMetadataReader.readMetadata(file.toFile());
    }

    /**
     * isoparser.
     *
     * @return the number of tracks
     * @throws IOException if it fails
     */
    @Benchmark
    public Object isoparser() throws IOException {
        try (IsoFile iso = new IsoFile(file.toFile())) {
            return iso.getMovieBox().getTrackCount();
        }
    }

    /**
     * jcodec.
     *
     * @return the movie
     * @throws IOException if it fails
     */
    @Benchmark
    public Object jcodec() throws IOException {
        try (FileChannelWrapper in = NIOUtils.readableChannel(file.toFile())) {
            return MP4Util.parseMovieChannel(in);
        }
    }

    /**
     * libavformat in this process: open and find stream information.
     *
     * @return the number of streams
     */
    @Benchmark
    public int libavformat() {
        AVFormatContext context = new AVFormatContext(null);
        if (avformat.avformat_open_input(context, file.toString(), null, null) < 0) {
            throw new IllegalStateException("libavformat cannot open " + file);
        }
        try {
            avformat.avformat_find_stream_info(context, (AVDictionary) null);
            return context.nb_streams();
        } finally {
            avformat.avformat_close_input(context);
        }
    }

    /**
     * An ffprobe process.
     *
     * @return its exit code
     * @throws Exception if it fails
     */
    @Benchmark
    public int ffprobe() throws Exception {
        Process process = new ProcessBuilder(
                        "ffprobe", "-v", "quiet", "-of", "json", "-show_format", "-show_streams", "file:" + file)
                .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start();
        return process.waitFor();
    }
}
