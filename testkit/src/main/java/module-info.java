/** Simulators of TikTok and Instagram to test a wiring against, and the tools around them. */
module io.linkspan.testkit {
    requires java.net.http;
    requires jdk.httpserver;
    requires transitive io.linkspan.core;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires io.linkspan.json;

    exports io.linkspan.testkit;
    exports io.linkspan.testkit.instagram;
    exports io.linkspan.testkit.sim;
    exports io.linkspan.testkit.store;
    exports io.linkspan.testkit.tiktok;

    opens io.linkspan.testkit.store to
            org.junit.platform.commons;
}
