package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.HistoryRetention;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.TokenStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TokenStore} must do: RS-1 to RS-9, TS-1 and TS-2, and RX-1 and RH-1 where it can. Extend it in a test:
 *
 * <pre>{@code
 * class MyTokenStoreContractTest extends TokenStoreContract {
 *     @Override
 *     protected TokenStore emptyStore() {
 *         database.execute("DELETE FROM social_accounts");
 *         database.execute("DELETE FROM social_account_history");
 *         return new MyTokenStore(database);
 *     }
 * }
 * }</pre>
 */
public abstract class TokenStoreContract extends RecordStoreContract<TokenStore> {
    private static final int ROUNDS = 25;

    /** For subclasses. */
    protected TokenStoreContract() {}

    @Override
    final RecordKind kind() {
        return RecordKind.CONNECTION;
    }

    @Override
    final RecordKind otherKind() {
        return RecordKind.ACCOUNT_LINK;
    }

    /** TS-1: a line comes back as it was given, up to the longest text. */
    @Test
    @Rule(
            value = "A line of history comes back as it was given, up to the longest text of 8,192 characters.",
            change =
                    "Keep tenant, subject, sequence, moment with milliseconds and text, and make the column of the text wide enough, counted in characters.")
    public void required_TS01_appendedLineIsKept() {
        HistoryRecord plain = line(TENANT, "subject", 1);
        HistoryRecord longest = new HistoryRecord(
                TENANT, "subject", 2, NOON.plusMillis(7), "{\"t\":\"" + "\u65e5".repeat(8_184) + "\"}");
        appended(plain);
        appended(longest);
        assertLines(List.of(plain, longest), store().history(TENANT, "subject", 0, 10), "history");
    }

    /** TS-1: a line comes back as it was given, whatever well-formed text is in it. */
    @Test
    @Rule(
            value = "Every text that Linkspan accepts comes back unchanged, character by character.",
            change =
                    "Use a full Unicode encoding such as utf8mb4 for the columns and the connection, and neither trim nor normalise.")
    public void required_TS01_acceptedTextIsCarriedUnchanged() {
        List<HistoryRecord> lines = new ArrayList<>();
        for (String text : TEXTS) {
            HistoryRecord line = new HistoryRecord(TENANT, "subject", lines.size() + 1L, NOON, text);
            assertTrue(store().appendHistory(line), () -> "refused: " + escaped(text));
            lines.add(line);
        }
        assertEquals(lines, store().history(TENANT, "subject", 0, 100));
    }

    /** TS-1: a taken sequence is refused and its line stays, so that history cannot be rewritten. */
    @Test
    @Rule(
            value = "A taken sequence is refused and its line stays, so that history cannot be rewritten.",
            change =
                    "Give (tenant, subject, sequence) a primary key or unique index, and return false when it refuses the row.")
    public void required_TS01_takenSequenceIsRefused() {
        HistoryRecord first = line(TENANT, "subject", 1);
        appended(first);
        refused(
                store().appendHistory(new HistoryRecord(TENANT, "subject", 1, NOON.plusSeconds(9), "{\"other\":1}")),
                "appendHistory with a taken sequence");
        assertLines(List.of(first), store().history(TENANT, "subject", 0, 10), "history after a refused line");
    }

    /** TS-1: of many that append one sequence exactly one is told it did. */
    @Test
    @Rule(
            value =
                    "Of many that append one sequence at the same time exactly one gets true, and its line is the stored one.",
            change =
                    "Insert in one statement and let the primary key decide; a SELECT before the INSERT decides nothing.")
    public void stochastic_TS01_oneWriterWinsASequence() {
        TokenStore node = node();
        for (int round = 1; round <= ROUNDS; round++) {
            int sequence = round;
            List<Boolean> won = Together.run(thread -> (thread % 2 == 0 ? store() : node)
                    .appendHistory(new HistoryRecord(TENANT, "subject", sequence, NOON, "{\"by\":" + thread + "}")));
            assertEquals(
                    1,
                    won.stream().filter(one -> one).count(),
                    "exactly one appendHistory of a sequence should return true");
            assertEquals(
                    "{\"by\":" + won.indexOf(true) + "}",
                    store().history(TENANT, "subject", sequence - 1L, 10).get(0).text(),
                    "the stored line should be that of the appendHistory which returned true");
        }
        assertEquals(
                ROUNDS, store().history(TENANT, "subject", 0, 1_000).size(), "history should have one line a sequence");
    }

    /** TS-2: lines come in order of sequence, whatever the order of arrival and their times. */
    @Test
    @Rule(
            value =
                    "Lines come in order of their sequence, whatever the order they arrived in and whatever their moments.",
            change = "Add ORDER BY sequence, as a number.")
    public void required_TS02_linesComeInOrderOfSequence() {
        for (long sequence : new long[] {10, 2, 9, 1, 100}) {
            appended(line(TENANT, "subject", sequence));
        }
        assertEquals(
                List.of(1L, 2L, 9L, 10L, 100L),
                sequences(store().history(TENANT, "subject", 0, 10)),
                "history should return these sequences in this order");
    }

    /** TS-2: a page starts behind the given sequence and keeps to the limit. */
    @Test
    @Rule(
            value = "A page starts behind the given sequence and keeps to the limit.",
            change = "Put sequence > afterSequence into the WHERE of history, and the limit behind ORDER BY sequence.")
    public void required_TS02_pagesStartBehindASequence() {
        List<HistoryRecord> lines = new ArrayList<>();
        for (long sequence = 1; sequence <= 7; sequence++) {
            HistoryRecord line = line(TENANT, "subject", sequence);
            lines.add(line);
            appended(line);
        }
        assertLines(lines.subList(0, 3), store().history(TENANT, "subject", 0, 3), "history with limit 3");
        assertLines(lines.subList(3, 6), store().history(TENANT, "subject", 3, 3), "history behind sequence 3");
        assertLines(lines.subList(6, 7), store().history(TENANT, "subject", 6, 3), "history behind sequence 6");
        assertLines(List.of(), store().history(TENANT, "subject", 7, 3), "history behind the last sequence");
    }

    /** TS-2: another tenant or subject has its own lines under the same sequences. */
    @Test
    @Rule(
            value = "Another tenant or subject has its own lines under the same sequences.",
            change =
                    "Begin the primary key with tenant and subject, compared exactly, and put both into the WHERE of history.")
    public void required_TS02_tenantsAndSubjectsAreApart() {
        HistoryRecord mine = line(TENANT, "subject", 1);
        HistoryRecord theirs = line(OTHER_TENANT, "subject", 1);
        HistoryRecord other = line(TENANT, "Subject", 1);
        for (HistoryRecord line : List.of(mine, theirs, other)) {
            appended(line);
        }
        assertLines(List.of(mine), store().history(TENANT, "subject", 0, 10), "history of one tenant and subject");
        assertLines(
                List.of(theirs),
                store().history(OTHER_TENANT, "subject", 0, 10),
                "history of the same subject of another tenant");
        assertLines(
                List.of(other), store().history(TENANT, "Subject", 0, 10), "history of a subject that differs by case");
        assertLines(
                List.of(),
                store().history(OTHER_TENANT, "Subject", 0, 10),
                "history of a subject that only another tenant has");
    }

    /** RH-1: old lines of one subject go, newer ones and everybody else's stay; for stores that can remove history. */
    @Test
    @Rule(
            value = "Removing history removes the lines of one subject of one tenant before the moment, and no other.",
            change = "Put tenant, subject and moment < before into the WHERE of the DELETE, and return its row count.")
    public void optional_RH01_onlyOldLinesOfTheSubjectGo() {
        Assumptions.assumeTrue(store() instanceof HistoryRetention, "skipped: the store keeps history for ever");
        HistoryRecord at = new HistoryRecord(TENANT, "subject", 3, NOON, "{}");
        HistoryRecord theirs = new HistoryRecord(OTHER_TENANT, "subject", 1, NOON.minusMillis(1), "{}");
        HistoryRecord other = new HistoryRecord(TENANT, "other", 1, NOON.minusMillis(1), "{}");
        for (HistoryRecord line : List.of(
                new HistoryRecord(TENANT, "subject", 1, NOON.minusMillis(1), "{}"),
                new HistoryRecord(TENANT, "subject", 2, NOON.minusSeconds(900), "{}"),
                at,
                theirs,
                other)) {
            appended(line);
        }
        assertEquals(
                2,
                ((HistoryRetention) store()).removeHistory(TENANT, "subject", NOON),
                "removeHistory should return how many lines of the subject were before noon");
        assertLines(List.of(at), own(TENANT, "subject"), "history of the subject, with a line at noon,");
        assertLines(List.of(theirs), own(OTHER_TENANT, "subject"), "history of the same subject of another tenant");
        assertLines(List.of(other), own(TENANT, "other"), "history of another subject");
        assertEquals(
                0,
                ((HistoryRetention) store()).removeHistory(TENANT, "subject", NOON),
                "removeHistory should return 0 when nothing is left before noon");
    }

    /** Whether reading keeps tenants apart is another rule's matter. */
    private List<HistoryRecord> own(TenantId tenant, String subject) {
        return store().history(tenant, subject, 0, 10).stream()
                .filter(line -> line.tenant().equals(tenant))
                .toList();
    }

    private void appended(HistoryRecord line) {
        assertTrue(
                store().appendHistory(line),
                () -> "appendHistory should return true for a free sequence: " + line.subject() + " " + line.sequence()
                        + " of " + line.tenant());
    }

    private static void assertLines(List<HistoryRecord> expected, List<HistoryRecord> actual, String query) {
        assertEquals(expected, actual, () -> query + " should return these lines in this order");
    }

    private static HistoryRecord line(TenantId tenant, String subject, long sequence) {
        return new HistoryRecord(
                tenant, subject, sequence, NOON.minusSeconds(sequence), "{\"what\":\"" + subject + sequence + "\"}");
    }

    private static List<Long> sequences(List<HistoryRecord> lines) {
        return lines.stream().map(HistoryRecord::sequence).toList();
    }
}
