/** Connections, account links, publishing, the job engine and the seams to stores and platforms. */
module io.linkspan.core {
    requires transitive io.linkspan.preflight;
    requires dev.failsafe.core;
    requires io.linkspan.json;
    requires static java.logging;
    requires java.net.http;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.linkspan;
    exports io.linkspan.connection;
    exports io.linkspan.event;
    exports io.linkspan.link;
    exports io.linkspan.publish;
    exports io.linkspan.spi;
    exports io.linkspan.webhook;

    opens io.linkspan.internal.wire to
            io.linkspan.json;
}
