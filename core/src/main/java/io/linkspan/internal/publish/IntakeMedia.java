package io.linkspan.internal.publish;

import io.linkspan.CallInterruptedException;
import io.linkspan.LinkspanException;
import io.linkspan.Platform;
import io.linkspan.RetryAdvice;
import io.linkspan.internal.HostCode;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.publish.Intake.Resolved;
import io.linkspan.internal.wire.MediaDoc;
import io.linkspan.preflight.Container;
import io.linkspan.preflight.Delivery;
import io.linkspan.preflight.Destination;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.Preflight;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.RangedReader;
import io.linkspan.preflight.Severity;
import io.linkspan.preflight.UnreadableMediaException;
import io.linkspan.publish.Media;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostItem;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.TargetFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The media of a post that is handed in: read once in full, then judged for each target. */
final class IntakeMedia {
    private final Kernel kernel;
    private final MediaFiles media;

    IntakeMedia(Kernel kernel, MediaFiles media) {
        this.kernel = kernel;
        this.media = media;
    }

    /** One file as it was handed in. */
    private record Opened(
            MediaPart.Role role,
            MediaPart.Type type,
            Media media,
            Map<String, Map<String, String>> options,
            String contentType,
            MediaKind kind,
            MediaDoc doc) {}

    /** All files of a post: the items, the cover, the covers for single platforms. */
    static final class Files {
        private final List<Opened> items;
        private final @Nullable Opened cover;
        private final Map<String, Opened> covers;

        private Files(List<Opened> items, @Nullable Opened cover, Map<String, Opened> covers) {
            this.items = List.copyOf(items);
            this.cover = cover;
            this.covers = new TreeMap<>(covers);
        }

        private List<Opened> all() {
            return Stream.of(items.stream(), Stream.ofNullable(cover), covers.values().stream())
                    .flatMap(files -> files)
                    .toList();
        }

        private List<Opened> of(Platform platform, boolean withCover) {
            Opened own = withCover ? covers.getOrDefault(platform.name(), cover) : null;
            return Stream.concat(items.stream(), Stream.ofNullable(own)).toList();
        }

        /** The files as one platform gets them, with its cover. */
        List<MediaPart> parts(Platform platform) {
            return of(platform, true).stream()
                    .map(file -> new MediaPart(
                            file.role(),
                            file.type(),
                            file.contentType(),
                            file.doc().size(),
                            file.options().getOrDefault(platform.name(), Map.of())))
                    .toList();
        }

        /** All of them, in the order of {@link IntakeMedia#digests}. */
        List<MediaDoc> docs() {
            return all().stream().map(Opened::doc).toList();
        }

        /** What a job keeps of the files of its content, in their order. */
        List<MediaDoc> docs(Platform platform, PublishContent content) {
            return of(platform, content.cover().isPresent()).stream()
                    .map(Opened::doc)
                    .toList();
        }

        /** Files that are not what they were said to be. */
        List<Problem> typeProblems() {
            List<Problem> problems = new ArrayList<>();
            for (Opened file : all()) {
                MediaKind said = file.type() == MediaPart.Type.VIDEO ? MediaKind.VIDEO : MediaKind.IMAGE;
                if (file.kind() != MediaKind.UNRECOGNIZED && file.kind() != said) {
                    problems.add(Problem.blocks(
                            "linkspan.media_type",
                            file.media().name() + " was given as " + said + " and is " + file.kind()
                                    + "; use the method for what it is"));
                }
            }
            return problems;
        }
    }

    /** What preflight says for one target. */
    record Judged(List<PreflightReport> reports, List<Problem> problems) {}

    /** Reads all media of a post. */
    Files open(Post post) {
        List<Opened> items = new ArrayList<>();
        for (PostItem item : post.items()) {
            items.add(open(MediaPart.Role.ITEM, item.type(), item.media(), item.options()));
        }
        Map<String, Opened> covers = new TreeMap<>();
        post.covers().forEach((platform, image) -> covers.put(platform, cover(image)));
        return new Files(items, post.cover().map(this::cover).orElse(null), covers);
    }

    private Opened cover(Media image) {
        return open(MediaPart.Role.COVER, MediaPart.Type.IMAGE, image, Map.of());
    }

    /** Digests of all bytes of a post, in its order. */
    List<String> digests(Post post) throws IOException {
        List<String> digests = new ArrayList<>();
        for (PostItem item : post.items()) {
            digests.add(MediaProof.of(media.source(item.media())).sha256());
        }
        if (post.cover().isPresent()) {
            digests.add(MediaProof.of(media.source(post.cover().get())).sha256());
        }
        for (Media cover : post.covers().values()) {
            digests.add(MediaProof.of(media.source(cover)).sha256());
        }
        return digests;
    }

    private Opened open(
            MediaPart.Role role, MediaPart.Type type, Media wanted, Map<String, Map<String, String>> options) {
        try {
            MediaProof proof = MediaProof.of(media.source(wanted));
            PreflightReport report = check(wanted, PreflightOptions.defaults());
            Container container = report.facts().fact(FactKey.CONTAINER).known().orElse(null);
            return new Opened(
                    role,
                    type,
                    wanted,
                    options,
                    contentType(container, type),
                    report.facts().kind(),
                    MediaDoc.of(wanted, proof.size(), proof.sha256(), proof.tail()));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) { // the host's own code throws all of them
            throw refusal("the media " + wanted.name() + " cannot be read", e);
        }
    }

    private static LinkspanException refusal(String what, Throwable failure) {
        if (failure instanceof LinkspanException ours) {
            return ours;
        }
        if (Thread.currentThread().isInterrupted()) {
            return new CallInterruptedException(
                    what + ": the calling thread was interrupted; nothing was queued. Call again", failure);
        }
        if (!(failure instanceof IOException || failure instanceof UnreadableMediaException)) {
            return HostCode.failed(what + "; nothing was queued: its source", failure);
        }
        boolean missing = failure instanceof NoSuchFileException
                || (failure instanceof UnreadableMediaException unreadable
                        && unreadable.reason() == UnreadableMediaException.Reason.MISSING);
        String reason = missing ? "it is missing" : RedactedFailure.withoutAddresses(failure);
        return new PostRefusedException(
                Problem.blocks("linkspan.media", what + " (" + reason + "); check it and submit again"),
                missing ? RetryAdvice.GIVE_UP : RetryAdvice.BACK_OFF,
                failure);
    }

    private static String contentType(@Nullable Container container, MediaPart.Type type) {
        if (container == null) {
            return type == MediaPart.Type.VIDEO ? "video/mp4" : "image/jpeg";
        }
        return switch (container) {
            case MP4 -> "video/mp4";
            case MOV -> "video/quicktime";
            case WEBM -> "video/webm";
            case MATROSKA -> "video/x-matroska";
            case AVI -> "video/x-msvideo";
            case JPEG, MPO -> "image/jpeg";
            case PNG -> "image/png";
            case WEBP -> "image/webp";
            case GIF -> "image/gif";
            case HEIF -> "image/heic";
            case AVIF -> "image/avif";
        };
    }

    private PreflightReport check(Media wanted, PreflightOptions options) throws IOException {
        return wanted instanceof Media.File file
                ? Preflight.check(file.path(), options)
                : Preflight.check(ranged(media.source(wanted)), options);
    }

    private static RangedReader ranged(MediaSource source) {
        return new RangedReader() {
            @Override
            public long size() throws IOException {
                return source.size();
            }

            @Override
            public int read(long offset, ByteBuffer target) throws IOException {
                try (InputStream in = source.open(offset)) {
                    byte[] bytes = in.readNBytes(target.remaining());
                    target.put(bytes);
                    return bytes.length == 0 ? -1 : bytes.length;
                }
            }
        };
    }

    /** Judges all files for one target, each by itself and a carousel as a whole. */
    Judged judge(Post post, Files files, Resolved target, TargetFacts facts) {
        PublishContent content = target.content();
        PublishAdapter adapter = target.publishing();
        List<Opened> opened = files.of(Intake.platform(target), content.cover().isPresent());
        List<PreflightReport> reports = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < content.parts().size(); i++) {
            MediaPart part = content.parts().get(i);
            Destination destination = adapter.destination(content, part);
            PreflightOptions options = options(destination, adapter, content, part, facts).toBuilder()
                    .name(display(opened.get(i).media()))
                    .build();
            PreflightReport report = judge(opened.get(i), options);
            reports.add(report);
            report.findings(destination).forEach(finding -> problems.add(problem(finding)));
        }
        if (post.kind() == PublishContent.Kind.CAROUSEL) {
            Destination destination = adapter.destination(content, content.item());
            List<PreflightReport> items = reports.subList(0, content.items().size());
            PreflightOptions together = options(destination, adapter, content, content.item(), facts);
            if (content.items().stream().allMatch(part -> adapter.destination(content, part) == destination)) {
                Preflight.checkPost(items, together).findings().forEach(finding -> problems.add(problem(finding)));
            }
        }
        return new Judged(reports, problems);
    }

    /** The last part of a path or of a reference: a report names its media and no place on a server. */
    private static String display(Media media) {
        String name = media.name();
        int query = name.indexOf('?');
        String path = query < 0 ? name : name.substring(0, query);
        String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return last.isBlank() ? "media" : last;
    }

    private PreflightReport judge(Opened file, PreflightOptions options) {
        try {
            return check(file.media(), options);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            throw refusal("the media " + file.media().name() + " changed while it was checked", e);
        }
    }

    private PreflightOptions options(
            Destination destination,
            PublishAdapter adapter,
            PublishContent content,
            MediaPart part,
            TargetFacts facts) {
        PreflightOptions.Builder options = PreflightOptions.builder()
                .destinations(destination)
                .rules(kernel.settings().publishing().rules())
                .delivery(adapter.pulls(content, part) ? Delivery.PULL : Delivery.BYTES)
                .asOf(kernel.now().atZone(ZoneOffset.UTC).toLocalDate());
        facts.longestVideo().filter(longest -> !longest.isZero()).ifPresent(options::creatorMaxDuration);
        return options.build();
    }

    private static Problem problem(Finding finding) {
        String limit = finding.allowed().isEmpty() ? "" : " (accepted: " + finding.allowed() + ")";
        String text = finding.title() + ": " + finding.measured() + limit + ". " + finding.fix();
        return finding.severity() == Severity.ERROR
                ? Problem.waivable(finding.ruleId(), text)
                : Problem.warns(finding.ruleId(), text);
    }
}
