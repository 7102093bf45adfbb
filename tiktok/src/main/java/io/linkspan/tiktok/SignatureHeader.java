package io.linkspan.tiktok;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** {@code t=<unix seconds>,s=<hex>}, read strictly: exactly one stamp, one to eight signatures, nothing else, digits in lower case as TikTok sends them. */
final class SignatureHeader {
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_SIGNATURES = 8;

    private final String stamp;
    private final List<byte[]> signatures;

    private SignatureHeader(String stamp, List<byte[]> signatures) {
        this.stamp = stamp;
        this.signatures = signatures;
    }

    static Optional<SignatureHeader> parse(String header) {
        if (header.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String stamp = "";
        List<byte[]> signatures = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String field = part.strip();
            if (field.matches("t=[0-9]{1,11}") && stamp.isEmpty()) {
                stamp = field.substring(2);
            } else if (field.matches("s=[0-9a-f]{64}") && signatures.size() < MAX_SIGNATURES) {
                signatures.add(HexFormat.of().parseHex(field, 2, field.length()));
            } else {
                return Optional.empty();
            }
        }
        return stamp.isEmpty() || signatures.isEmpty()
                ? Optional.empty()
                : Optional.of(new SignatureHeader(stamp, List.copyOf(signatures)));
    }

    /** The stamp exactly as sent, because it is signed that way. */
    String stamp() {
        return stamp;
    }

    long seconds() {
        return Long.parseLong(stamp);
    }

    List<byte[]> signatures() {
        return signatures;
    }
}
