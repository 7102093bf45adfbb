package io.linkspan.connection;

import java.util.List;
import java.util.Objects;

/**
 * What is known of each side of a disconnect.
 *
 * @param connection the connection after it
 * @param sides the sides
 * @param evidence what was seen, oldest first
 * @param forPerson what only a person can do, one text each; empty when nothing is left
 */
public record DisconnectReport(Connection connection, Sides sides, List<Evidence> evidence, List<String> forPerson) {
    /**
     * Copies the lists.
     *
     * @param connection the connection after it
     * @param sides the sides
     * @param evidence what was seen, oldest first
     * @param forPerson what only a person can do, one text each; empty when nothing is left
     */
    public DisconnectReport {
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(sides, "sides");
        evidence = List.copyOf(evidence);
        forPerson = List.copyOf(forPerson);
    }
}
