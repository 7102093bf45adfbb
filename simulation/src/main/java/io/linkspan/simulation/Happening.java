package io.linkspan.simulation;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can happen at a point of a history. Names of the fault plan stand in front. */
enum Happening {
    F1_NAME_NOT_RESOLVED(Where.SEND),
    F2_CONNECTION_REFUSED(Where.SEND),
    F3_TLS_FAILURE(Where.SEND),
    F4_RESET_NO_EFFECT(Where.SEND),
    F5_RESET_EFFECT(Where.SEND),
    F6_TIMEOUT_NO_EFFECT(Where.SEND),
    F7_TIMEOUT_EFFECT(Where.SEND),
    F8_TIMEOUT_EFFECT_READS_FAIL(Where.SEND),
    F9_SERVER_ERROR_NO_EFFECT(Where.SEND),
    F10_SERVER_ERROR_EFFECT(Where.SEND),
    F11_DEFINITE_REFUSAL(Where.SEND),
    F12_TOO_MANY_REQUESTS(Where.SEND),
    F13_OK_WITH_ERROR_BODY(Where.SEND),
    F14_DAMAGED_ANSWER(Where.SEND),
    F15_HOSTILE_ANSWER(Where.SEND),
    F16_REDIRECT(Where.SEND),
    F17_LATE_EFFECT(Where.SEND),
    F18_NOT_YET_READABLE(Where.SEND),
    F19_TOKEN_DIES(Where.SEND, Where.STEP),
    F20_APP_REMOVED(Where.SEND, Where.STEP),
    F21_OUTAGE(Where.SEND),
    F22_CUT_OFF(Where.SEND),
    S1_WRITE_KEPT_NO_ANSWER(Where.WRITE),
    S2_WRITE_LOST(Where.WRITE),
    S3_OTHER_WRITER_FIRST(Where.WRITE),
    S4_STORE_DOWN(Where.WRITE, Where.STEP),
    S5_WRITE_KEPT_THEN_DOWN(Where.WRITE),
    S6_STORE_STALLS(Where.WRITE),
    N1_CRASH_BEFORE(Where.WRITE, Where.SEND),
    N1_CRASH_AFTER(Where.WRITE, Where.SEND),
    N2_PAUSE_BEFORE(Where.WRITE, Where.SEND),
    N2_PAUSE_AFTER(Where.SEND),
    N3_OTHER_NODE_AT_ONCE(Where.WRITE, Where.SEND),
    N4_CLOCK_JUMP(Where.STEP),
    N5_LONG_STALL(Where.WRITE, Where.SEND),
    N6_STORE_GONE_AFTER(Where.SEND),
    HOST_CANCELS(Where.STEP),
    HOST_DISCONNECTS(Where.STEP),
    HOST_RELINKS(Where.STEP),
    HOST_DECIDES(Where.STEP),
    HOST_CHANGES_MEDIA(Where.STEP),
    MEDIA_HOST_FAILS(Where.STEP),
    MEDIA_REJECTED(Where.STEP),
    WEBHOOK_FORGED(Where.STEP),
    WEBHOOK_LOST(Where.LETTER),
    WEBHOOK_TWICE(Where.LETTER),
    WEBHOOK_LATE(Where.LETTER);

    private static final Map<Where, List<Happening>> AT =
            Stream.of(Where.values()).collect(Collectors.toUnmodifiableMap(where -> where, Happening::happeningsAt));

    /** Where a history has points. */
    enum Where {
        /** A write to a store. */
        WRITE,
        /** A request to a platform. */
        SEND,
        /** Between two turns of nodes. */
        STEP,
        /** A webhook or callback sets out. */
        LETTER
    }

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Where> where;

    Happening(Where... where) {
        this.where = List.of(where);
    }

    private static List<Happening> happeningsAt(Where where) {
        return Stream.of(values())
                .filter(happening -> happening.where.contains(where))
                .toList();
    }

    /** What can happen at a place. */
    static List<Happening> at(Where where) {
        return AT.getOrDefault(where, List.of());
    }

    /** Whether it is a fault of the network. */
    boolean network() {
        return name().charAt(0) == 'F';
    }
}
