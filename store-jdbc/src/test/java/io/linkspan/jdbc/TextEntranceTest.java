package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.Texts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every text that a host gives the builder is checked there; a new method without a check fails here. */
class TextEntranceTest {
    private static final List<String> BAD =
            List.of("cut\uD83D", "\uDE00cut", "nul\0", "bell\u0007", "c1\u0085", "a b", "a;b");

    private static final NoDataSource NONE = new NoDataSource() {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("none");
        }
    };

    @TestFactory
    Stream<DynamicTest> everyTextOfTheBuilder_isChecked() {
        return Arrays.stream(JdbcStores.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
                .map(method ->
                        DynamicTest.dynamicTest(method.getName(), () -> BAD.forEach(bad -> refused(method, bad))));
    }

    private static void refused(Method method, String bad) {
        InvocationTargetException refusal =
                assertThrows(InvocationTargetException.class, () -> method.invoke(JdbcStores.builder(NONE), bad));
        assertEquals(IllegalArgumentException.class, refusal.getCause().getClass());
        String message = String.valueOf(refusal.getCause().getMessage());
        assertTrue(Texts.isClean(message), message);
        assertTrue(message.length() < 700, message);
    }
}
