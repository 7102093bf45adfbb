/** Runnable programs, one idea each. Also shows that the modules work on the module path. */
module io.linkspan.examples {
    requires io.linkspan.core;
    requires io.linkspan.instagram;
    requires io.linkspan.jdbc;
    requires io.linkspan.preflight;
    requires io.linkspan.testkit;
    requires io.linkspan.tiktok;
    requires java.sql;
    requires jdk.httpserver;
    requires static org.jspecify;
}
