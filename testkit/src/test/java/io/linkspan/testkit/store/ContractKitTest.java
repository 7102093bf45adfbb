package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Shows that the kit finds mistakes: each broken store fails on the rule it breaks and on no other, and reads what to change. */
class ContractKitTest {
    private static final Pattern MESSAGE = Pattern.compile(": [A-Z].+\\.\n  Found: .+\n  Change: [A-Z].+\\.$");
    private static final Pattern RULE = Pattern.compile("_([RT][SCXHN]\\d\\d)_");

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                Arguments.of(
                        BrokenStores.DuplicateKeys.class, "RS01", "Give (tenant, kind, unique key) a unique index"),
                Arguments.of(BrokenStores.InsertOverwrites.class, "RS01", "never overwrite"),
                Arguments.of(
                        BrokenStores.InsertChecksThenActs.class, "RS01", "a SELECT before the INSERT decides nothing"),
                Arguments.of(BrokenStores.FindLeaksTenant.class, "RS02", "Put the tenant into the WHERE of find"),
                Arguments.of(BrokenStores.IdsIgnoreCase.class, "RS02", "Give the id column a binary collation"),
                Arguments.of(
                        BrokenStores.KeyLeaksTenant.class, "RS03", "Put tenant and kind into the WHERE of findByKey"),
                Arguments.of(
                        BrokenStores.NoVersionCheck.class,
                        "RS04",
                        "Put the version before (next.version() - 1) into the WHERE"),
                Arguments.of(BrokenStores.ReplaceKeepsClearedKey.class, "RS04", "Set all columns in the UPDATE"),
                Arguments.of(BrokenStores.ReplaceLosesStatus.class, "RS04", "Set all columns in the UPDATE"),
                Arguments.of(
                        BrokenStores.LostUpdates.class,
                        "RS04",
                        "Replace in one UPDATE with the version before in its WHERE"),
                Arguments.of(
                        BrokenStores.DeleteIgnoresVersion.class,
                        "RS05",
                        "Put record.version() into the WHERE of the DELETE"),
                Arguments.of(BrokenStores.DueIgnoresLimit.class, "RS06", "Put the limit into the query"),
                Arguments.of(BrokenStores.DueIgnoresOrder.class, "RS06", "Add ORDER BY due time"),
                Arguments.of(BrokenStores.DueExcludesNow.class, "RS06", "Compare with <= and not with <"),
                Arguments.of(BrokenStores.LookupIsUnordered.class, "RS07", "add ORDER BY tenant, id and the limit"),
                Arguments.of(
                        BrokenStores.PageLeaksTenant.class,
                        "RS08",
                        "Put tenant, kind, user and id > afterId into the WHERE of page"),
                Arguments.of(
                        BrokenStores.AttentionLeaksTenant.class,
                        "RS09",
                        "Put tenant and kind into the WHERE of attention"),
                Arguments.of(BrokenStores.AttentionSkipsTies.class, "RS09", "at the same moment with a greater id"),
                Arguments.of(BrokenStores.DropsJoiners.class, "RS10", "Store text as UTF-8 of up to four bytes"),
                Arguments.of(
                        BrokenStores.HistoryDuplicates.class, "TS01", "Give (tenant, subject, sequence) a primary key"),
                Arguments.of(BrokenStores.HistoryInOrderOfTime.class, "TS02", "Add ORDER BY sequence"),
                Arguments.of(BrokenStores.HistoryLeaksTenant.class, "TS02", "put both into the WHERE of history"),
                Arguments.of(
                        BrokenStores.ForgetsOnReopening.class,
                        "RS01",
                        "Commit before insert, replace and delete return"),
                Arguments.of(
                        BrokenStores.LosesWritesWhenKilled.class,
                        "RS01",
                        "Commit to durable storage before the call returns"),
                Arguments.of(
                        BrokenStores.WalkStaysInOneTenant.class,
                        "RX01",
                        "Go on behind (tenant, id) as one pair, across tenants"),
                Arguments.of(
                        BrokenStores.RemovesNewHistory.class,
                        "RH01",
                        "Put tenant, subject and moment < before into the WHERE"),
                Arguments.of(BrokenClaims.KeepsVersion.class, "RC01", "Raise the version by one with each claim"),
                Arguments.of(
                        BrokenClaims.HandsOutTwice.class,
                        "RC01",
                        "Lock or compare the version in the statement that claims"),
                Arguments.of(
                        BrokenClaims.HandsOutEarly.class,
                        "RC01",
                        "Put kind and due time <= now() into the WHERE of the claim"),
                Arguments.of(
                        BrokenClaims.FirstComeFirstServed.class, "RC02", "Choose the earliest of each tenant first"),
                Arguments.of(
                        BrokenClaims.SameTenantsFirst.class,
                        "RC02",
                        "Go on behind the last tenant of the claim before"),
                Arguments.of(
                        BrokenClaims.LeavesSharesUnused.class,
                        "RC02",
                        "Fill the batch with the earliest due records that are left"),
                Arguments.of(
                        BrokenClaims.SharesTheFirstHundreds.class,
                        "RC02",
                        "Find the lookup values that have due work through an index of their own"),
                Arguments.of(BrokenClaims.StopsAtARefusal.class, "RC04", "Replace each record by its own version"),
                Arguments.of(
                        BrokenClaims.KeepsHalfABatch.class, "RC04", "roll it back when the unique index refuses a row"),
                Arguments.of(BrokenClaims.LeasesByAnotherClock.class, "RC05", "Return the database's clock from now()"),
                Arguments.of(BrokenClaims.CountsOneTenant.class, "RN01", "GROUP BY status, without a tenant"));
    }

    @ParameterizedTest
    @MethodSource("brokenStores")
    void brokenStore_failsItsRuleAndNoOther_withTheRemedy(Class<?> contract, String rule, String remedy) {
        Map<String, String> failures = failures(contract);
        Set<String> rules = new TreeSet<>();
        for (String method : failures.keySet()) {
            Matcher matcher = RULE.matcher(method);
            rules.add(matcher.find() ? matcher.group(1) : method);
        }
        assertEquals(Set.of(rule), rules, failures::toString);
        String name = rule.substring(0, 2) + "-" + Integer.parseInt(rule.substring(2));
        failures.values().forEach(message -> {
            assertTrue(message.startsWith("java.lang.AssertionError: " + name + ": "), message);
            assertTrue(MESSAGE.matcher(message).find(), message);
            assertFalse(message.contains("but was: <true>"), message);
        });
        assertTrue(
                failures.values().stream()
                        .anyMatch(message -> message.indexOf(remedy) > message.indexOf("\n  Change: ")),
                failures::toString);
    }

    static Stream<Method> rules() {
        return Stream.of(TokenStoreContract.class, JobStoreContract.class)
                .flatMap(contract -> Stream.of(contract.getMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRule_saysWhatItIsAndWhatToChange(Method method) {
        Rule rule = method.getAnnotation(Rule.class);
        assertNotNull(rule, "annotate the method with @Rule");
        assertTrue(rule.value().matches("[A-Z].{20,}\\."), rule.value());
        assertTrue(rule.change().matches("[A-Z].{20,}\\."), rule.change());
        assertNotEquals(rule.value(), rule.change());
    }

    @Test
    void storeThatThrows_failsWithTheRule() {
        Map<String, String> failures = failures(BrokenStores.ThrowsOnMissing.class);
        assertTrue(
                failures.get("required_RS02_missingIdIsEmpty()")
                        .contains("\n  Found: the store threw java.util.NoSuchElementException: no such record\n"),
                failures::toString);
    }

    @Test
    void skippedRules_arePrintedOncePerReason() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            failures(BrokenStores.SkipsRules.class);
        } finally {
            System.setOut(console);
        }
        String prefix = "skipped in " + BrokenStores.SkipsRules.class.getName() + ": ";
        assertEquals(
                List.of(
                        prefix + "crashWriter() is not implemented, so kill -9 was not tried"
                                + " (optional_RS01_acknowledgedWritesSurviveAKill)",
                        prefix + "each write is slow (required_RS08_manyRecordsAreRewritten)",
                        prefix + "reopened() is not implemented, so durability was not tried"
                                + " (optional_RS01_acknowledgedWritesSurviveReopening)"),
                printed.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void healthyStore_failsNoRule() {
        assertEquals(Map.of(), failures(BrokenStores.Healthy.class));
        assertEquals(Map.of(), failures(BrokenClaims.Healthy.class));
    }

    private static Map<String, String> failures(Class<?> contract) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .build();
        Map<String, String> failures = new TreeMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failures.put(
                            test.getDisplayName(),
                            result.getThrowable().map(Throwable::toString).orElse("failed"));
                }
            }
        });
        return failures;
    }
}
