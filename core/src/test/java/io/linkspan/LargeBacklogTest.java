package io.linkspan;

import org.junit.jupiter.api.Tag;

/** The rules of {@link BacklogTest} with 10,000 posts. */
@Tag("proof")
class LargeBacklogTest extends BacklogTest {
    @Override
    int backlog() {
        return 10_000;
    }
}
