package io.linkspan.testkit.store;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;

/** Says in words which rule a store breaks and what to change, and prints the rules that were skipped with the reason. */
final class RuleReport implements TestExecutionExceptionHandler, TestWatcher, AfterAllCallback {
    private static final Pattern ID = Pattern.compile("_([A-Z]{2})0?(\\d+)_");
    private static final Pattern TRUE_OR_FALSE =
            Pattern.compile(" ==> expected: <(true|false)> but was: <(true|false)>$");
    private static final String NO_REASON = "no reason given";

    /** By test class and reason: the methods. */
    private final Map<Class<?>, Map<String, List<String>>> skipped = new ConcurrentHashMap<>();

    RuleReport() {}

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Rule rule = context.getTestMethod()
                .map(method -> method.getAnnotation(Rule.class))
                .orElse(null);
        if (rule == null || isSkipped(failure)) {
            throw failure;
        }
        AssertionError broken =
                new AssertionError(message(context.getRequiredTestMethod(), rule, found(failure)), failure);
        broken.setStackTrace(failure.getStackTrace());
        throw broken;
    }

    /** By name, because the class is in a library that the JUnit API brings along and this kit does not depend on. */
    private static boolean isSkipped(Throwable failure) {
        return failure.getClass().getName().equals("org.opentest4j.TestAbortedException");
    }

    /** The sentence of a check that is true or false says it all. */
    private static String found(Throwable failure) {
        return failure instanceof AssertionError
                ? TRUE_OR_FALSE.matcher(String.valueOf(failure.getMessage())).replaceFirst("")
                : "the store threw " + failure;
    }

    private static String message(Method method, Rule rule, String found) {
        Matcher id = ID.matcher(method.getName());
        String name = id.find() ? id.group(1) + "-" + id.group(2) : method.getName();
        return name + ": " + rule.value() + "\n  Found: " + found + "\n  Change: " + rule.change();
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        note(context, Optional.ofNullable(cause.getMessage()));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        note(context, reason);
    }

    private void note(ExtensionContext context, Optional<String> reason) {
        String text = reason.map(one -> one.replaceFirst("^(Assumption failed: )?(skipped: )?", ""))
                .orElse(NO_REASON);
        skipped.computeIfAbsent(context.getRequiredTestClass(), type -> new ConcurrentHashMap<>())
                .computeIfAbsent(text, same -> new CopyOnWriteArrayList<>())
                .add(context.getRequiredTestMethod().getName());
    }

    /** To standard output, which every runner shows; one line a reason. */
    @Override
    public void afterAll(ExtensionContext context) {
        Map<String, List<String>> reasons = Optional.ofNullable(skipped.remove(context.getRequiredTestClass()))
                .orElse(Map.of());
        new TreeMap<>(reasons)
                .forEach((reason, methods) -> System.out.println(
                        "skipped in " + context.getRequiredTestClass().getName() + ": " + reason + " ("
                                + String.join(", ", methods) + ")"));
    }
}
