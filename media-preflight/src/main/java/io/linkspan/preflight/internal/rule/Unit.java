package io.linkspan.preflight.internal.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Units of measured values, and how people read them. */
enum Unit {
    BYTES("bytes"),
    SECONDS("s"),
    FPS("fps"),
    PIXELS("px"),
    BITS_PER_SECOND("bit/s"),
    HERTZ("Hz"),
    CHANNELS("channels"),
    COUNT("count"),
    RATIO("ratio"),
    BITS("bits"),
    UTF16("UTF-16 units"),
    CODE_POINTS("code points"),
    NONE("");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    String format(double value) {
        return switch (this) {
            case BYTES -> bytes(value);
            case BITS_PER_SECOND -> bitRate(value);
            case SECONDS -> number(value, 3) + " s";
            case FPS -> number(value, 2) + " fps";
            case PIXELS, HERTZ -> number(value, 0) + " " + symbol;
            case COUNT -> number(value, 0);
            case RATIO -> ratio(value);
            case NONE -> number(value, 3);
            case CHANNELS, BITS, UTF16, CODE_POINTS -> counted(value, symbol);
        };
    }

    static @Nullable Unit of(String symbol) {
        for (Unit unit : values()) {
            if (unit.symbol.equals(symbol)) {
                return unit;
            }
        }
        return null;
    }

    private static String bytes(double value) {
        String exact = grouped((long) value) + " bytes";
        if (value < 1024 * 1024) {
            return exact;
        }
        double mebi = value / (1024 * 1024);
        return (mebi < 1024 ? number(mebi, 1) + " MiB" : number(mebi / 1024, 2) + " GiB") + " (" + exact + ")";
    }

    /** With a comma before every three digits. */
    private static String grouped(long value) {
        StringBuilder text = new StringBuilder().append(value);
        for (int at = text.length() - 3; at > (value < 0 ? 1 : 0); at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** As 16:9 where small numbers say it, else as 1.91:1. */
    private static String ratio(double value) {
        for (int of = 1; of <= 16; of++) {
            long part = Math.round(value * of);
            if (part > 0 && part <= 16 && Math.abs((double) part / of - value) < value * 0.002) {
                return part + ":" + of;
            }
        }
        return number(value, 3) + ":1";
    }

    private static String bitRate(double value) {
        return value < 1_000_000 ? number(value / 1000, 1) + " kbit/s" : number(value / 1_000_000, 2) + " Mbit/s";
    }

    private static String counted(double value, String nouns) {
        return number(value, 0) + " " + (value == 1 ? nouns.substring(0, nouns.length() - 1) : nouns);
    }

    static String number(double value, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
