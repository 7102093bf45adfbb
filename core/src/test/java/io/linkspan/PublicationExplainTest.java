package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a publication tells about itself. */
class PublicationExplainTest {
    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, Way.CONTAINER));

    private static void assertValid(String json) throws IOException {
        Path file = Path.of(System.getProperty("basedir", ".")).resolve("../docs/explanation.schema.json");
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(file), InputFormat.JSON);
        assertEquals(List.of(), schema.validate(json, InputFormat.JSON));
        assertFalse(schema.validate(json.replaceFirst("\"known\"", "\"knwon\""), InputFormat.JSON)
                .isEmpty());
    }

    private static void says(Explanation explanation, String... words) {
        String text = explanation.toText();
        for (String word : words) {
            assertTrue(text.contains(word), () -> "no \"" + word + "\" in\n" + text);
        }
    }

    private Publication submitted(Linkspan linkspan) {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(world.connect(linkspan)));
    }

    @Test
    void refusedTry_tellsStepHandleCodeTraceAgeAndNext() throws IOException {
        Linkspan linkspan = world.process();
        world.platform().refuses("fake.commit", "busy");
        Publication submitted = submitted(linkspan);
        linkspan.worker().runDue();
        world.advance(Duration.ofSeconds(1));

        Explanation explanation =
                world.work(linkspan, submitted, 0, Duration.ZERO).explain();

        says(
                explanation,
                "fake @demo: the post waits because fake has trouble.",
                "Category: platform trouble",
                "1 attempt created on the platform",
                "fake.commit.refused: busy, trace id trace-commit",
                "(try 1)",
                "(fresh)",
                "next: 2026-11-21 10:00:0",
                "1. User: Do something.",
                "2. Linkspan: Tries again at 2026-11-21 10:00:0");
        assertValid(explanation.toJson());
    }

    @Test
    void doubt_tellsWhoDecidesAndHowOldTheEvidenceIs() throws IOException {
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.commit", 0, 1, Faults.Kind.LOST_WITHOUT_EFFECT));
        Publication after = world.work(linkspan, submitted(linkspan), 30, Duration.ofMinutes(1));

        Explanation explanation = after.explain();

        says(
                explanation,
                "fake @demo: it is not known whether the post appeared. Someone has to look at the profile.",
                "Category: decision needed",
                "fake.commit reported unclear",
                "(30 min old)",
                "fake.status reported not_published, FINISHED",
                "posts twice should the first one appear later");
        assertEquals(Who.PERSON, explanation.next().get(0).who());
        assertValid(explanation.toJson());
    }

    @Test
    void published_tellsTheIdAndThatNothingHasToBeDone() throws IOException {
        Linkspan linkspan = world.process();

        Explanation explanation = world.settle(linkspan, submitted(linkspan)).explain();

        says(explanation, "fake @demo: published at 2026-11-21 10:00 UTC.", "Id post-c1-1.", "Nothing has to be done.");
        assertValid(explanation.toJson());
    }
}
