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
                "prepared as c1, not committed",
                "1 handles were made",
                "fake.commit.refused: busy, trace id trace-commit",
                "(try 1)",
                "(fresh)",
                "work goes on at 2026-11-21T10:0",
                "1. person: fake @demo: Do something.");
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
                "waiting for a decision on c1 since",
                "fake.commit said unclear",
                "(30 min old)",
                "fake.status said not_published, FINISHED",
                "TRY_AGAIN posts twice should it appear later");
        assertEquals(Who.PERSON, explanation.next().get(0).who());
        assertValid(explanation.toJson());
    }

    @Test
    void published_tellsTheIdAndThatNothingHasToBeDone() throws IOException {
        Linkspan linkspan = world.process();

        Explanation explanation = world.settle(linkspan, submitted(linkspan)).explain();

        says(explanation, "published at 2026-11-21T10:00:00Z as post-c1-1", "nothing has to be done");
        assertValid(explanation.toJson());
    }
}
