package io.linkspan.instagram;

import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorCatalogue;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives errors their meaning. The subcode says more than the code, the code more than the message, and the HTTP status
 * next to nothing: publishing errors are all 400.
 *
 * <p>An answer is definite only when the catalogue knows exactly this code with exactly this subcode for the operation,
 * and the status is 4xx. A limit is definite with subcodes that the catalogue does not know, too; no limit of calls is for a commit.
 */
final class InstagramErrors {
    /** Subcodes of publishing have a meaning of their own; the short ones have one only together with their code. */
    private static final int PUBLISHING_SUBCODE = 7;

    /** Entry for the codes 200 to 299 that have none of their own. */
    private static final String ANY_PERMISSION = "2xx";

    private static final Set<String> INTERRUPTED =
            Set.of("EXPIRED", "2207020", Uploads.INTERRUPTED, "OffsetInvalidError", "PartialRequestError");

    private static final Pattern NAMED = Pattern.compile("INSTAGRAM_PLATFORM_API__[A-Z_]{1,64}");
    private static final Pattern STATUS_CODE = Pattern.compile("error code (\\d{1,12})");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"]+");
    private static final Pattern TOKEN = Pattern.compile(
            "\\b(IG|EAA)[0-9A-Za-z_-]{16,}|access_token=[^\\s\"]+|(?<=(token|secret)\"\\s{0,2}:\\s{0,2}\")[^\"]+");

    private final ErrorCatalogue catalogue;
    private final Set<String> codes;

    InstagramErrors(ErrorCatalogue catalogue) {
        this.catalogue = catalogue;
        this.codes = Set.copyOf(catalogue.codes());
    }

    static InstagramErrors load() {
        return new InstagramErrors(ErrorCatalogue.load(Instagram.class, "instagram-errors.json"));
    }

    /** Whether a container ended by its time or by an upload that broke off, which says nothing about the media. */
    static boolean interrupted(PlatformError error) {
        return INTERRUPTED.contains(error.code());
    }

    List<String> codes() {
        return catalogue.codes();
    }

    /** An error answer. */
    PlatformError read(String operation, int status, GraphError error) {
        String words = cut(error.message());
        PlatformError found = lookUp(operation, status, error, words);
        ErrorMeaning meaning = found.meaning();
        if (error.passing() && meaning.causeClass() == CauseClass.UNKNOWN) {
            meaning = passing(meaning);
        }
        String shown = error.shownMessage().isBlank() ? words : words + " (" + cut(error.shownMessage()) + ")";
        return new PlatformError(
                operation,
                status,
                error.fullCode(),
                withoutSecrets(shown),
                error.traceId().isBlank() ? null : error.traceId(),
                meaning,
                found.definite() && status >= 400 && status < 500);
    }

    /**
     * Why a container failed, from its status. A container that failed or ended can never become a post, so this is
     * definite whatever the cause.
     */
    PlatformError ofContainer(String statusCode, String statusText) {
        String words = cut(statusText);
        Matcher named = STATUS_CODE.matcher(words);
        String subcode = named.find() ? named.group(1) : "";
        PlatformError found = subcode.isEmpty()
                ? catalogue.error(Operations.CONTAINER_STATUS, 0, statusCode, words, null)
                : bySubcode(Operations.CONTAINER_STATUS, 0, subcode, words);
        return new PlatformError(
                Operations.CONTAINER_STATUS,
                0,
                subcode.isEmpty() ? statusCode : subcode,
                withoutSecrets(words),
                null,
                found.meaning(),
                true);
    }

    /** A step that failed without a code of the platform; definite, since it cannot have made a post. */
    PlatformError ofStep(String operation, String code, String words) {
        PlatformError found = catalogue.error(operation, 0, code, cut(words), null);
        return new PlatformError(operation, 0, code, withoutSecrets(words), null, found.meaning(), true);
    }

    /** Text from the platform without addresses and tokens: the address of a pulled file is a secret while it lives. */
    static String withoutSecrets(String text) {
        return TOKEN.matcher(ADDRESS.matcher(cut(text)).replaceAll("[address]")).replaceAll("[token]");
    }

    private PlatformError lookUp(String operation, int status, GraphError error, String words) {
        // 102 is 190 by its older name, with the same subcodes
        String code = error.code().equals("102") ? "190" : error.code();
        String exact = error.subcode().isEmpty() ? code : code + "/" + error.subcode();
        PlatformError found = catalogue.error(operation, status, exact, words, null);
        if (isUnknown(found) && error.subcode().length() >= PUBLISHING_SUBCODE) {
            found = bySubcode(operation, status, error.subcode(), words);
        }
        if (isUnknown(found) && !error.subcode().isEmpty()) {
            PlatformError bare = catalogue.error(operation, status, code, words, null);
            found = limits(bare) ? bare : notDefinite(bare);
        }
        if (isUnknown(found) && code.matches("2\\d\\d")) {
            found = catalogue.error(operation, status, ANY_PERMISSION, words, null);
        }
        Matcher named = NAMED.matcher(words);
        return isUnknown(found) && named.find()
                ? catalogue.error(operation, status, named.group(), words, null)
                : found;
    }

    /**
     * A subcode alone. Entries whose code nobody has published start with a slash and stand for any code; the others are
     * found by their end, and with another code they are not definite.
     */
    private PlatformError bySubcode(String operation, int status, String subcode, String words) {
        String end = "/" + subcode;
        String key = codes.stream()
                .filter(code -> code.endsWith(end))
                .sorted()
                .findFirst()
                .orElse(end);
        PlatformError found = catalogue.error(operation, status, key, words, null);
        return key.startsWith("/") ? found : notDefinite(found);
    }

    /** A limit or a restriction stays one with every subcode; what it is counted for changes. */
    private static boolean limits(PlatformError error) {
        return error.meaning().tokenEffect() == TokenEffect.NONE
                && (error.meaning().causeClass() == CauseClass.QUOTA
                        || error.meaning().causeClass() == CauseClass.ACCOUNT);
    }

    private static boolean isUnknown(PlatformError error) {
        return error.meaning().causeClass() == CauseClass.UNKNOWN;
    }

    private static PlatformError notDefinite(PlatformError error) {
        return new PlatformError(
                error.operation(),
                error.httpStatus(),
                error.code(),
                error.message(),
                error.traceId(),
                error.meaning(),
                false);
    }

    private static ErrorMeaning passing(ErrorMeaning unknown) {
        return new ErrorMeaning(
                CauseClass.TRANSIENT,
                String.format(Locale.ROOT, "%s, marked as passing by Instagram", unknown.cause()),
                unknown.actor(),
                unknown.remedy(),
                unknown.tokenEffect(),
                true);
    }

    private static String cut(String text) {
        return text.length() <= 2048 ? text : text.substring(0, 2048);
    }
}
