package io.linkspan;

/** Checks for short names that end up in keys and columns. */
final class Texts {
    private Texts() {}

    static void requireName(String value, String what, int max) {
        if (value.isBlank() || value.length() > max) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + max + " characters, had " + value.length() + "; give a non-blank id");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must not contain control characters");
        }
    }
}
