package io.linkspan.internal.connection;

import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.EligibilityFinding;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.util.Optional;

/** What a call without success means for a connect. */
final class Refusals {
    private Refusals() {}

    /** The code, or the refresh token of an import, did not buy tokens. */
    static ConnectOutcome of(Kernel kernel, PlatformAdapter adapter, Outcome<?> outcome, boolean imported) {
        String next = imported
                ? "; the refresh token may be spent, so connect the account again if an import keeps failing"
                : "; a code works once, so start the connect again";
        return of(
                kernel, outcome, "no tokens came from " + adapter.platform() + " (" + outcome.describe() + ")" + next);
    }

    /**
     * The account could not be read with the tokens. A refusal that passes, such as a limit or a check that the account's owner has to pass,
     * never costs the consent.
     */
    static ConnectOutcome unread(Kernel kernel, PlatformAdapter adapter, Outcome<?> outcome, boolean imported) {
        String unclear = "the account could not be read at " + adapter.platform() + " (" + outcome.describe() + "); "
                + (imported ? "import again later" : "it is tried again by itself, or start the connect again");
        boolean passes = outcome.refusal()
                .map(PlatformError::meaning)
                .filter(Refusals::passes)
                .isPresent();
        return passes ? new ConnectOutcome.Refused(Reason.UNCLEAR, unclear) : of(kernel, outcome, unclear);
    }

    private static boolean passes(ErrorMeaning meaning) {
        return meaning.causeClass() == CauseClass.QUOTA
                || meaning.causeClass() == CauseClass.TRANSIENT
                || meaning.tokenEffect() == TokenEffect.WAITING_FOR_PERSON;
    }

    private static ConnectOutcome of(Kernel kernel, Outcome<?> outcome, String unclear) {
        Optional<PlatformError> error = outcome.refusal();
        if (outcome instanceof Outcome.Refused<?> && error.isPresent()) {
            PlatformError refused = error.get();
            return refused.meaning().causeClass() == CauseClass.ACCOUNT
                    ? new ConnectOutcome.NotEligible(
                            refused.code(),
                            TokenTrouble.evidence(refused, kernel.now()),
                            refused.meaning().remedy())
                    : new ConnectOutcome.Refused(Reason.PLATFORM_REFUSED, refused.describe(), Cause.of(refused));
        }
        return new ConnectOutcome.Refused(Reason.UNCLEAR, unclear);
    }

    static ConnectOutcome notEligible(Kernel kernel, EligibilityFinding finding) {
        return new ConnectOutcome.NotEligible(
                finding.code(),
                new Evidence(finding.source(), kernel.now(), finding.code(), finding.detail()),
                finding.remedy());
    }
}
