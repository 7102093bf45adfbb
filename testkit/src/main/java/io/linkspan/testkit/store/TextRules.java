package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RS-10: the texts that Linkspan accepts are well-formed Unicode without control characters; a store carries all of them unchanged. */
abstract class TextRules<S extends RecordStore> extends RaceRules<S> {
    /** What stores are known to change: characters of four bytes, marks, joiners, directions, blanks, quotes, words of SQL. */
    static final List<String> TEXTS = List.of(
            "\ud83c\udfac\ud83d\ude80",
            "e\u0301\u0323o\u0308",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\ufe0f",
            "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
            " blanks  around ",
            "\u3000\u00a0wide\u2028line",
            "it's \"quoted\" \\0 %_ `x` $1 ?; DROP TABLE",
            "\ufeff\ufffd\uffff",
            "null",
            "\ud83d\udea2".repeat(64));

    TextRules() {}

    /** RS-10: user, key and lookup come back as they were given, and are found by exactly that text. */
    @Test
    @Rule(
            value =
                    "The texts that Linkspan accepts are well-formed Unicode without control characters, and come back unchanged.",
            change =
                    "Store text as UTF-8 of up to four bytes (utf8mb4 on MariaDB), without trimming, normalising or filtering, and compare it byte by byte.")
    public void required_RS10_acceptedTextIsCarriedUnchanged() {
        for (int i = 0; i < TEXTS.size(); i++) {
            String text = TEXTS.get(i);
            TenantId tenant = new TenantId(text);
            StoredRecord record = inserted(record(tenant, numbered("text", i))
                    .user(text)
                    .uniqueKey(text)
                    .lookup(text)
                    .payload(bytes(text)));
            assertStored(record);
            String why = "found by its own text, written with escapes: " + escaped(text);
            assertEquals(Optional.of(record), store().findByKey(tenant, kind(), text), why);
            assertEquals(List.of(record), store().page(tenant, kind(), text, "", 10), why);
            assertEquals(List.of(record), store().byLookup(kind(), text, 10), why);
        }
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(c > 0x1f && c < 0x7f ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return escaped.toString();
    }
}
