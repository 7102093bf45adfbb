package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.Attention;
import io.linkspan.connection.Attention.Reason;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.link.AccountLinkId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What needs attention, in pages, from the column that each write keeps. */
public final class AttentionPages {
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,15})-([0-9a-f]{32})");
    private static final Comparator<StoredRecord> ORDER =
            Comparator.comparing(AttentionPages::at).thenComparing(StoredRecord::id);

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Function<StoredRecord, Optional<Attention>> links;

    /** Over connections, and over links by what makes an item of one. */
    public AttentionPages(
            Kernel kernel, ConnectionRepository repository, Function<StoredRecord, Optional<Attention>> links) {
        this.kernel = kernel;
        this.repository = repository;
        this.links = links;
    }

    /** One page. */
    public Attention.Page page(TenantId tenant, String cursor, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be 1 to 1,000, was " + limit);
        }
        Matcher position = CURSOR.matcher(cursor.isEmpty() ? "0-" + "0".repeat(32) : cursor);
        if (!position.matches()) {
            throw new IllegalArgumentException("cursor must be empty or the one a page told as its next");
        }
        Instant now = kernel.now();
        Instant after = Instant.ofEpochMilli(Long.parseLong(position.group(1)));
        String id = position.group(2);
        List<StoredRecord> records = Stream.of(RecordKind.CONNECTION, RecordKind.ACCOUNT_LINK)
                .flatMap(kind -> kernel.tokens().attention(tenant, kind, after, id, now, limit).stream())
                .sorted(ORDER)
                .limit(limit)
                .toList();
        List<Attention> items = new ArrayList<>();
        records.forEach(record -> item(record, now).ifPresent(items::add));
        StoredRecord last = records.isEmpty() ? null : records.get(records.size() - 1);
        String next = last == null || records.size() < limit ? "" : at(last).toEpochMilli() + "-" + last.id();
        return new Attention.Page(items, next);
    }

    private static Instant at(StoredRecord record) {
        return record.attentionAt().orElse(Instant.MAX);
    }

    private Optional<Attention> item(StoredRecord record, Instant now) {
        try {
            return record.kind() == RecordKind.ACCOUNT_LINK ? links.apply(record) : connection(record, now);
        } catch (UnreadableRecordException e) {
            // one bad record must not hide the others
            return Optional.of(attention(
                    record,
                    List.of(new Reason("unreadable", String.valueOf(e.getMessage()), at(record), Who.OPERATOR))));
        }
    }

    private Optional<Attention> connection(StoredRecord record, Instant now) {
        Stored stored = repository.read(record);
        List<Reason> reasons = kernel.findAdapter(stored.doc().platform())
                .map(adapter -> AttentionRule.reasons(stored.doc(), adapter.oauth(), now))
                .orElseGet(() -> List.of(
                        new Reason("platform_not_configured", notConfigured(stored), at(record), Who.DEVELOPER)));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(attention(record, reasons));
    }

    /** What is said of a connection whose platform has no adapter. */
    static String notConfigured(Stored stored) {
        return "connection " + stored.record().id() + " of tenant "
                + stored.record().tenant()
                + " belongs to platform " + stored.doc().platform()
                + ", which is not configured. Add it with Linkspan.builder().platform(...).";
    }

    private static Attention attention(StoredRecord record, List<Reason> reasons) {
        boolean link = record.kind() == RecordKind.ACCOUNT_LINK;
        return new Attention(
                new Owner(record.tenant(), record.user()),
                link ? null : new ConnectionId(record.id()),
                link ? new AccountLinkId(record.id()) : null,
                at(record),
                reasons);
    }
}
