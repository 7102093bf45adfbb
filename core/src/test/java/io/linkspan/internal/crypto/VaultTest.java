package io.linkspan.internal.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.LocalKeys;
import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.crypto.Vault.Place;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final String KEY_A = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String KEY_B =
            Base64.getEncoder().encodeToString("b".repeat(32).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    private static final Place PLACE = new Place(new TenantId("t"), "r", "p", "a", "f", 1);
    private static final byte[] PLAIN = AesGcm.utf8("canary-token");

    private final Vault vault = new Vault(LocalKeys.fromBase64(KEY_A));

    @Test
    void open_atItsPlace_givesWhatWasSealed() {
        assertArrayEquals(PLAIN, vault.open(vault.seal(PLAIN, PLACE), PLACE));
    }

    @Test
    void open_atAnyOtherPlace_isRefused() {
        byte[] sealed = vault.seal(PLAIN, PLACE);
        List<Place> others = List.of(
                new Place(new TenantId("t2"), "r", "p", "a", "f", 1),
                new Place(new TenantId("t"), "r2", "p", "a", "f", 1),
                new Place(new TenantId("t"), "r", "p2", "a", "f", 1),
                new Place(new TenantId("t"), "r", "p", "a2", "f", 1),
                new Place(new TenantId("t"), "r", "p", "a", "f2", 1),
                new Place(new TenantId("t"), "r", "p", "a", "f", 2),
                new Place(new TenantId("tr"), "", "p", "a", "f", 1));

        for (Place other : others) {
            assertThrows(UnreadableRecordException.class, () -> vault.open(sealed, other), other::toString);
        }
    }

    @Test
    void open_withAnyBitFlipped_isRefused() {
        byte[] sealed = vault.seal(PLAIN, PLACE);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            int at = bit;
            assertThrows(UnreadableRecordException.class, () -> vault.open(changed, PLACE), () -> "bit " + at);
        }
    }

    @Test
    void open_cutAnywhere_isRefused() {
        byte[] sealed = vault.seal(PLAIN, PLACE);
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            assertThrows(UnreadableRecordException.class, () -> vault.open(cut, PLACE));
        }
    }

    @Test
    void open_afterKeyChange_readsOldRecords() {
        byte[] sealed = vault.seal(PLAIN, PLACE);
        Vault changed = new Vault(LocalKeys.of("new", Map.of("new", KEY_B, "local-1", KEY_A)));

        assertArrayEquals(PLAIN, changed.open(sealed, PLACE));
    }

    @Test
    void open_withoutItsKey_namesKeyAndRemedy() {
        byte[] sealed = vault.seal(PLAIN, PLACE);
        Vault other = new Vault(LocalKeys.of("new", Map.of("new", KEY_B)));

        UnreadableRecordException error =
                assertThrows(UnreadableRecordException.class, () -> other.open(sealed, PLACE));

        String message = String.valueOf(error.getMessage());
        assertTrue(
                message.contains("local-1") && message.contains("connect again") && message.contains("record r"),
                message);
    }

    @Test
    void keys_ofTheWrongLength_areRefusedWithoutShowingThem() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> LocalKeys.fromBase64("c2VjcmV0"));

        assertTrue(String.valueOf(error.getMessage()).contains("must be 32 bytes, was 6"));
        assertTrue(!String.valueOf(error.getMessage()).contains("c2VjcmV0"));
    }
}
