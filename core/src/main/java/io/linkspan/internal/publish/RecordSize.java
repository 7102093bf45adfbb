package io.linkspan.internal.publish;

import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.PublicationDoc;
import io.linkspan.spi.Problem;
import java.util.Locale;
import java.util.Optional;

/**
 * What of a post can be kept. A publication holds all its jobs until each has a record of its own, and a job gathers evidence; both
 * have to fit into the smallest payload column of a supported store, which is 1 MiB.
 */
final class RecordSize {
    private static final int MOST_PUBLICATION = 960 * 1024;
    private static final int MOST_JOB = 256 * 1024;

    private RecordSize() {}

    /** Why a post cannot be kept; empty when it can. */
    static Optional<Problem> problem(PublicationDoc doc) {
        int job = doc.jobs().stream().mapToInt(RecordSize::bytes).max().orElse(0);
        if (job > MOST_JOB) {
            return Optional.of(tooLarge("what one target gets takes " + kib(job) + ", at most " + kib(MOST_JOB)
                    + " are kept; shorten the caption, the options or the reasons of waivers"));
        }
        int all = Json.write(doc).length;
        return all > MOST_PUBLICATION
                ? Optional.of(tooLarge("the post with its " + doc.jobs().size() + " targets takes " + kib(all)
                        + ", at most " + kib(MOST_PUBLICATION)
                        + " are kept in one publication; submit it in several, each with a key of its own"))
                : Optional.empty();
    }

    private static int bytes(JobDoc doc) {
        return Json.write(doc).length;
    }

    private static Problem tooLarge(String why) {
        return Problem.blocks("linkspan.size", why);
    }

    private static String kib(int bytes) {
        return String.format(Locale.ROOT, "%,d KiB", (bytes + 1023) / 1024);
    }
}
