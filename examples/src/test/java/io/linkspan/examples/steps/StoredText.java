package io.linkspan.examples.steps;

import io.linkspan.Owner;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.Stores;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Everything the two owners of a {@link Stage} have in its stores, as text. */
final class StoredText {
    private StoredText() {}

    static String of(Stores stores) {
        StringBuilder text = new StringBuilder();
        for (Owner owner : List.of(Stage.OWNER, Stage.OTHER)) {
            for (RecordKind kind : RecordKind.values()) {
                add(text, stores.tokens(), owner, kind, owner.user());
                add(text, stores.jobs(), owner, kind, owner.user());
            }
            for (StoredRecord connection :
                    stores.tokens().page(owner.tenant(), RecordKind.CONNECTION, owner.user(), "", 1000)) {
                add(text, stores.tokens(), owner, RecordKind.ACCOUNT_ALIAS, connection.id());
                for (HistoryRecord line : stores.tokens().history(owner.tenant(), connection.id(), 0, 1000)) {
                    text.append(line.text()).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static void add(StringBuilder text, RecordStore store, Owner owner, RecordKind kind, String user) {
        for (StoredRecord record : store.page(owner.tenant(), kind, user, "", 1000)) {
            text.append(record)
                    .append(' ')
                    .append(record.uniqueKey())
                    .append(record.lookup())
                    .append(' ')
                    .append(new String(record.payload(), StandardCharsets.UTF_8))
                    .append('\n');
        }
    }
}
