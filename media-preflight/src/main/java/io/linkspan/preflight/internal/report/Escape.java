package io.linkspan.preflight.internal.report;

/** Makes text from strangers safe within a page. */
final class Escape {
    private Escape() {}

    static String html(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    boolean strange = Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE;
                    safe.appendCodePoint(strange ? '\uFFFD' : c);
                }
            }
        });
        return safe.toString();
    }
}
