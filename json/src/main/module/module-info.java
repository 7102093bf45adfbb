/** Jackson 3 for the modules of Linkspan, and for nobody else. */
module io.linkspan.json {
    requires java.xml;
    requires static java.desktop;
    requires static java.sql;
    requires static java.sql.rowset;

    exports io.linkspan.json.core to
            io.linkspan.core,
            io.linkspan.instagram,
            io.linkspan.preflight,
            io.linkspan.testkit,
            io.linkspan.tiktok;
    exports io.linkspan.json.core.json to
            io.linkspan.core,
            io.linkspan.instagram,
            io.linkspan.preflight,
            io.linkspan.testkit,
            io.linkspan.tiktok;
    exports io.linkspan.json.core.util to
            io.linkspan.core,
            io.linkspan.instagram,
            io.linkspan.preflight,
            io.linkspan.testkit,
            io.linkspan.tiktok;
    exports io.linkspan.json.databind to
            io.linkspan.core,
            io.linkspan.instagram,
            io.linkspan.preflight,
            io.linkspan.testkit,
            io.linkspan.tiktok;
    exports io.linkspan.json.databind.cfg to
            io.linkspan.core,
            io.linkspan.instagram,
            io.linkspan.preflight,
            io.linkspan.testkit,
            io.linkspan.tiktok;
    exports io.linkspan.json.databind.json to
            io.linkspan.core,
            io.linkspan.instagram,
            io.linkspan.preflight,
            io.linkspan.testkit,
            io.linkspan.tiktok;
    exports io.linkspan.json.databind.node to
            io.linkspan.core,
            io.linkspan.instagram,
            io.linkspan.preflight,
            io.linkspan.testkit,
            io.linkspan.tiktok;
}
