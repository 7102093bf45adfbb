package io.linkspan.internal.publish;

import io.linkspan.Platform;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.MediaDoc;
import io.linkspan.publish.Media;
import io.linkspan.spi.MediaHost;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PullFence;
import io.linkspan.spi.Texts;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes of a job: where they are, whether they are still the same, and where platforms may pull them. */
final class MediaFiles {
    private static final Logger log = LoggerFactory.getLogger(MediaFiles.class);

    private final Kernel kernel;

    MediaFiles(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Opens media wherever they are. */
    MediaSource source(Media media) throws IOException {
        if (media instanceof Media.File file) {
            return MediaSource.ofFile(file.path());
        }
        String reference = ((Media.Stored) media).reference();
        return kernel.mediaStore()
                .orElseThrow(() -> new IOException("the media " + reference
                        + " is a reference and Linkspan has no MediaStore; give one with mediaStore(...)"))
                .find(reference);
    }

    /** What changed since the post was accepted, reading all bytes; empty when nothing did. */
    Optional<Trouble> changed(Stored job) {
        return firstDifference(job, doc -> {
            MediaProof proof = MediaProof.of(source(doc.media()));
            return proof.size() == doc.size() && proof.sha256().equals(doc.sha256());
        });
    }

    /** What changed, by size and last bytes only; empty when nothing did. */
    Optional<Trouble> changedAtAGlance(Stored job) {
        return firstDifference(job, doc -> {
            MediaSource source = source(doc.media());
            return source.size() == doc.size()
                    && MediaProof.tail(source, doc.size()).equals(doc.tail());
        });
    }

    private interface Check {
        boolean same(MediaDoc doc) throws IOException;
    }

    /**
     * What is wrong with media.
     *
     * @param what in words
     * @param mayPass whether they may be as they were accepted later, because they could only not be read now
     */
    record Trouble(String what, boolean mayPass) {
        String code() {
            return mayPass ? "media_unreadable" : "media_changed";
        }
    }

    private static Optional<Trouble> firstDifference(Stored job, Check check) {
        for (MediaDoc doc : job.doc().media()) {
            String name = doc.media().name();
            try {
                if (!check.same(doc)) {
                    return Optional.of(new Trouble("the media " + name + " changed after it was accepted", false));
                }
            } catch (NoSuchFileException | FileNotFoundException e) {
                return Optional.of(new Trouble("the media " + name + " is missing", false));
            } catch (EOFException e) {
                String what = "the media " + name + " cannot be read as it was accepted ("
                        + RedactedFailure.withoutAddresses(e) + ")";
                return Optional.of(new Trouble(what, false));
            } catch (IOException | RuntimeException e) { // the host's own code throws both
                String why = RedactedFailure.withoutAddresses(e);
                return Optional.of(new Trouble("the media " + name + " cannot be read now (" + why + ")", true));
            }
        }
        return Optional.empty();
    }

    /** Opened when it is read; after the commit nothing may depend on media that the host has removed. */
    private MediaSource lazily(Media media) {
        return new MediaSource() {
            @Override
            public long size() throws IOException {
                return source(media).size();
            }

            @Override
            public InputStream open(long offset) throws IOException {
                return source(media).open(offset);
            }
        };
    }

    /** The files of an attempt, opened when they are read. */
    List<PublishAttempt.Media> of(Stored job) {
        List<PublishAttempt.Media> files = new ArrayList<>();
        for (int i = 0; i < job.doc().media().size(); i++) {
            MediaPart part = job.doc().content().parts().get(i);
            files.add(new PublishAttempt.Media(
                    part, lazily(job.doc().media().get(i).media()), null));
        }
        return files;
    }

    /** The same before the commit: they are there, and addresses are issued for those that the platform pulls. */
    List<PublishAttempt.Media> shown(Stored job) throws IOException {
        List<PublishAttempt.Media> files = new ArrayList<>();
        for (int i = 0; i < job.doc().media().size(); i++) {
            MediaPart part = job.doc().content().parts().get(i);
            MediaSource source = source(job.doc().media().get(i).media());
            URI address = pulls(job, part) ? issue(attemptId(job, i), source, part.contentType()) : null;
            files.add(new PublishAttempt.Media(part, source, address));
        }
        return files;
    }

    /** Whether the platform pulls a file. */
    boolean pulls(Stored job, MediaPart part) {
        return publishing(job).pulls(job.doc().content(), part);
    }

    /** Whether the platform pulls any file. */
    private boolean pulled(Stored job) {
        return job.doc().content().parts().stream().anyMatch(part -> pulls(job, part));
    }

    private PublishAdapter publishing(Stored job) {
        return kernel.adapter(Platform.of(job.doc().platform())).publishing();
    }

    MediaHost host() {
        return kernel.mediaHost()
                .orElseThrow(() -> new IllegalStateException(
                        "this platform pulls media and Linkspan has no MediaHost; give one with mediaHost(...)"));
    }

    /** Shows a file at the media host; an address that no platform could pull from is refused. */
    URI issue(String attempt, MediaSource source, String contentType) throws IOException {
        MediaHost host = host();
        URI address = host.issue(attempt, source, contentType);
        String problem = problem(address);
        if (problem != null) { // the address is a secret and so not shown
            throw new IOException("the media host " + host.getClass().getName() + ", method issue, returned " + problem
                    + ". Return an absolute http or https address with a host, of at most " + Texts.MOST_ADDRESS
                    + " characters.");
        }
        return address;
    }

    private static @Nullable String problem(@Nullable URI address) {
        if (address == null) {
            return "null";
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            return "an address without a host, or of a scheme other than http and https";
        }
        if (address.toString().length() > Texts.MOST_ADDRESS) {
            return "an address of " + address.toString().length() + " characters";
        }
        return Texts.isClean(address.toString()) ? null : "an address that is not well-formed Unicode";
    }

    /** Takes everything of an attempt off the media host; harmless when nothing is there. */
    void withdraw(Stored job) {
        withdraw(job, attemptId(job));
    }

    /** Withdraws the media of the previous attempt, which a decision inside a transaction of the host left in place. */
    void withdrawBefore(Stored job) {
        withdraw(job, job.record().id() + "-" + (job.doc().handles() - 1));
    }

    private void withdraw(Stored job, String attempt) {
        if (kernel.mediaHost().isEmpty() || !pulled(job)) {
            return;
        }
        for (int i = 0; i < job.doc().media().size(); i++) {
            try {
                host().withdraw(part(attempt, i));
            } catch (RuntimeException e) {
                log.warn(
                        "the media host could not withdraw job={}", job.record().id(), RedactedFailure.of(e));
            }
        }
    }

    /**
     * Takes everything of an attempt off the media host for ever, and tells how many requests there ever were for it.
     *
     * @return the number; empty when the host cannot prove it
     */
    OptionalLong fence(Stored job) {
        if (!(kernel.mediaHost().orElse(null) instanceof PullFence fence)) {
            return OptionalLong.empty();
        }
        long requests = 0;
        for (int i = 0; i < job.doc().media().size(); i++) {
            requests += fence.fence(attemptId(job, i)).requests();
        }
        return OptionalLong.of(requests);
    }

    static String attemptId(Stored job) {
        return job.record().id() + "-" + job.doc().handles();
    }

    static String attemptId(Stored job, int part) {
        return part(attemptId(job), part);
    }

    private static String part(String attempt, int part) {
        return part == 0 ? attempt : attempt + "-" + part;
    }
}
