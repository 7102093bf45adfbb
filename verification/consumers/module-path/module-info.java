/** The program as a module. */
module com.example.host {
    requires io.linkspan.instagram;
    requires io.linkspan.jdbc;
    requires io.linkspan.testkit;
    requires io.linkspan.tiktok;
}
