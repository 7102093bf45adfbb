package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

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

/** Shows that the kit finds mistakes: each broken store fails on the rule it breaks and on no other. */
class ContractKitTest {
    private static final Pattern RULE = Pattern.compile("_([RT][SCXHN]\\d\\d)_");

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                Arguments.of(BrokenStores.DuplicateKeys.class, "RS01"),
                Arguments.of(BrokenStores.InsertOverwrites.class, "RS01"),
                Arguments.of(BrokenStores.InsertChecksThenActs.class, "RS01"),
                Arguments.of(BrokenStores.FindLeaksTenant.class, "RS02"),
                Arguments.of(BrokenStores.IdsIgnoreCase.class, "RS02"),
                Arguments.of(BrokenStores.KeyLeaksTenant.class, "RS03"),
                Arguments.of(BrokenStores.NoVersionCheck.class, "RS04"),
                Arguments.of(BrokenStores.ReplaceKeepsClearedKey.class, "RS04"),
                Arguments.of(BrokenStores.ReplaceLosesStatus.class, "RS04"),
                Arguments.of(BrokenStores.LostUpdates.class, "RS04"),
                Arguments.of(BrokenStores.DeleteIgnoresVersion.class, "RS05"),
                Arguments.of(BrokenStores.DueIgnoresLimit.class, "RS06"),
                Arguments.of(BrokenStores.DueIgnoresOrder.class, "RS06"),
                Arguments.of(BrokenStores.DueExcludesNow.class, "RS06"),
                Arguments.of(BrokenStores.LookupIsUnordered.class, "RS07"),
                Arguments.of(BrokenStores.PageLeaksTenant.class, "RS08"),
                Arguments.of(BrokenStores.AttentionLeaksTenant.class, "RS09"),
                Arguments.of(BrokenStores.AttentionSkipsTies.class, "RS09"),
                Arguments.of(BrokenStores.HistoryDuplicates.class, "TS01"),
                Arguments.of(BrokenStores.HistoryInOrderOfTime.class, "TS02"),
                Arguments.of(BrokenStores.HistoryLeaksTenant.class, "TS02"),
                Arguments.of(BrokenStores.ForgetsOnReopening.class, "RS01"),
                Arguments.of(BrokenStores.LosesWritesWhenKilled.class, "RS01"),
                Arguments.of(BrokenStores.WalkStaysInOneTenant.class, "RX01"),
                Arguments.of(BrokenStores.RemovesNewHistory.class, "RH01"),
                Arguments.of(BrokenClaims.KeepsVersion.class, "RC01"),
                Arguments.of(BrokenClaims.HandsOutTwice.class, "RC01"),
                Arguments.of(BrokenClaims.HandsOutEarly.class, "RC01"),
                Arguments.of(BrokenClaims.FirstComeFirstServed.class, "RC02"),
                Arguments.of(BrokenClaims.SameTenantsFirst.class, "RC02"),
                Arguments.of(BrokenClaims.LeavesSharesUnused.class, "RC02"),
                Arguments.of(BrokenClaims.StopsAtARefusal.class, "RC04"),
                Arguments.of(BrokenClaims.KeepsHalfABatch.class, "RC04"),
                Arguments.of(BrokenClaims.LeasesByAnotherClock.class, "RC05"),
                Arguments.of(BrokenClaims.CountsOneTenant.class, "RN01"));
    }

    @ParameterizedTest
    @MethodSource("brokenStores")
    void brokenStore_failsItsRuleAndNoOther(Class<?> contract, String rule) {
        Map<String, String> failures = failures(contract);
        Set<String> rules = new TreeSet<>();
        for (String method : failures.keySet()) {
            Matcher matcher = RULE.matcher(method);
            rules.add(matcher.find() ? matcher.group(1) : method);
        }
        assertEquals(Set.of(rule), rules, failures::toString);
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
