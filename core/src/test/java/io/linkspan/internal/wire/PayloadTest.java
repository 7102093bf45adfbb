package io.linkspan.internal.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadTest {
    @ParameterizedTest
    @EnumSource
    void editedPayload_ofAnyKind_isNamedWithARemedyAndNotShown(RecordKind kind) {
        for (String edited : new String[] {"{\"sealed\": hush", "\"hush\"", "null", ""}) {
            StoredRecord record = StoredRecord.builder(new TenantId("harbour"), kind, "id-7")
                    .payload(edited.getBytes(StandardCharsets.UTF_8))
                    .build();

            UnreadableRecordException error =
                    assertThrows(UnreadableRecordException.class, () -> Payload.read(record, JobDoc.class));

            String message = String.valueOf(error.getMessage());
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            assertTrue(message.startsWith(name + " id-7 of tenant harbour cannot be read"), message);
            assertTrue(message.contains("restore it") || message.contains("delete its row"), message);
            assertFalse(message.contains("hush"), message);
            assertNull(error.getCause(), "the parser's own message shows what it met");
        }
    }
}
