package io.linkspan.preflight.internal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Builds a page that loads nothing: what comes as text is escaped, only our own words come raw. */
final class HtmlPage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>""";

    private final StringBuilder body = new StringBuilder(32_768);

    HtmlPage raw(String html) {
        body.append(html);
        return this;
    }

    HtmlPage text(String words) {
        body.append(Escape.html(words));
        return this;
    }

    /** A command on its own lines; a long one scrolls, so the keyboard must reach it. */
    HtmlPage code(String command) {
        return raw("<pre tabindex=\"0\"><code>").text(command).raw("</code></pre>");
    }

    void table(String caption, String first, String second) {
        raw("<table><caption class=\"unseen\">").text(caption).raw("</caption><thead><tr><th scope=\"col\">");
        text(first).raw("</th><th scope=\"col\">").text(second).raw("</th></tr></thead><tbody>\n");
    }

    void cells(String name, String value) {
        raw("<tr><th scope=\"row\"><code>").text(name).raw("</code></th><td>");
        text(value).raw("</td></tr>\n");
    }

    String document(String title) {
        return HEAD + Escape.html(title) + "</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n"
                + body + "</main>\n</body>\n</html>\n";
    }

    private static String style() {
        try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
