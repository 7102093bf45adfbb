package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.http.Caller;
import io.linkspan.link.Intent;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.AccountChoice;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.EligibilityFinding;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.TokenPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From a grant to a connection: whose is it, may it be connected, is it the one expected. */
public final class Admission {
    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final ConnectionKeeper keeper;

    /** Over its parts. */
    public Admission(Kernel kernel, ConnectionRepository repository, Views views) {
        this.kernel = kernel;
        this.repository = repository;
        this.keeper = new ConnectionKeeper(kernel, repository, views);
    }

    /**
     * What was asked for.
     *
     * @param owner whose connection it becomes
     * @param intent what for
     * @param asked scopes asked for
     * @param expectedAccount pinned account
     * @param imported whether tokens of another system are taken over; never replaces a connection
     * @param startedAt when the tokens were asked for, before the answer
     */
    record Wish(
            Owner owner,
            Intent intent,
            Set<String> asked,
            @Nullable String expectedAccount,
            boolean imported,
            Instant startedAt) {}

    /**
     * An account and the tokens for it.
     *
     * @param account the account
     * @param tokens the tokens
     * @param accessLife remaining life of the access token, or null when it has no end
     * @param refreshLife remaining life of the consent, or null when not known
     * @param scopes granted scopes; empty when not known
     */
    record Opened(
            AccountIdentity account,
            TokenPair tokens,
            @Nullable Duration accessLife,
            @Nullable Duration refreshLife,
            Set<String> scopes) {}

    ConnectOutcome admit(Wish wish, PlatformAdapter adapter, Grant grant, Caller caller) {
        // what the answer does not name is not known: nothing is assumed to be granted
        Set<String> scopes = grant.scopes() == null ? Set.of() : grant.scopes();
        return adapter.accounts().offersChoice()
                ? choose(wish, adapter, grant, scopes, caller)
                : identify(wish, adapter, grant, scopes, caller);
    }

    private ConnectOutcome identify(
            Wish wish, PlatformAdapter adapter, Grant grant, Set<String> scopes, Caller caller) {
        Outcome<AccountIdentity> whose =
                caller.run(adapter.accounts().identify(grant.tokens().access(), scopes));
        if (!(whose instanceof Outcome.Done<AccountIdentity> done)) {
            return Refusals.unread(kernel, adapter, whose, wish.imported());
        }
        AccountIdentity account = done.value();
        Opened opened = new Opened(account, grant.tokens(), grant.accessLife(), grant.refreshLife(), scopes);
        String named = grant.accountId();
        if (named != null && !named.equals(account.id()) && !account.aliases().contains(named)) {
            return new ConnectOutcome.Refused(
                    Reason.IDENTITY_CHANGED,
                    "the token answer names another account than the token itself; start the connect again");
        }
        String expected = wish.expectedAccount();
        if (expected != null && !expected.equals(account.id())) {
            return new ConnectOutcome.AccountMismatch(shown(wish, adapter, expected), account.shown());
        }
        return keep(wish, adapter, opened);
    }

    /** One consent may open several accounts: the pinned one, the only one, or a question. Never the first one. */
    private ConnectOutcome choose(Wish wish, PlatformAdapter adapter, Grant grant, Set<String> scopes, Caller caller) {
        AccountAdapter accounts = adapter.accounts();
        Outcome<AccountChoice> asked = caller.run(
                accounts.choices(grant.tokens(), scopes, wish.intent().capabilities()));
        if (!(asked instanceof Outcome.Done<AccountChoice> done)) {
            return Refusals.unread(kernel, adapter, asked, wish.imported());
        }
        List<AccountChoice.Candidate> candidates = done.value().candidates();
        if (candidates.isEmpty()) {
            return Refusals.notEligible(
                    kernel,
                    done.value().findings().stream()
                            .findFirst()
                            .orElseGet(() -> new EligibilityFinding(
                                    "no_account",
                                    adapter.platform() + ".accounts",
                                    "the consent opens no account",
                                    "Start the connect again and choose an account on the consent page.")));
        }
        String expected = wish.expectedAccount();
        Optional<AccountChoice.Candidate> one = expected == null
                ? candidates.stream().findFirst().filter(only -> candidates.size() == 1)
                : candidates.stream()
                        .filter(candidate -> candidate.account().id().equals(expected))
                        .findFirst();
        if (one.isPresent()) {
            AccountChoice.Candidate chosen = one.get();
            return keep(
                    wish,
                    adapter,
                    new Opened(chosen.account(), chosen.tokens(), chosen.accessLife(), grant.refreshLife(), scopes));
        }
        String all = candidates.stream()
                .map(candidate -> candidate.account().shown())
                .collect(Collectors.joining(", "));
        if (expected != null) {
            return new ConnectOutcome.AccountMismatch(shown(wish, adapter, expected), all);
        }
        if (wish.imported()) {
            return new ConnectOutcome.Refused(
                    Reason.ACCOUNT_NOT_NAMED,
                    "the tokens open several accounts (" + all + "); import again with expecting(accountId)");
        }
        return new ConnectOutcome.ChooseAccount(
                "", candidates.stream().map(Admission::candidate).toList(), wish.startedAt());
    }

    private static ConnectOutcome.Candidate candidate(AccountChoice.Candidate candidate) {
        AccountIdentity account = candidate.account();
        return new ConnectOutcome.Candidate(account.id(), account.handle(), account.displayName(), candidate.label());
    }

    private ConnectOutcome keep(Wish wish, PlatformAdapter adapter, Opened opened) {
        Optional<EligibilityFinding> obstacle =
                adapter.accounts().eligibility(opened.account(), wish.intent().capabilities());
        return obstacle.map(finding -> Refusals.notEligible(kernel, finding))
                .orElseGet(() -> keeper.keep(wish, adapter, opened));
    }

    /** Whether this owner has a connection of the account, in whatever state. */
    boolean knows(Owner owner, PlatformAdapter adapter, String accountId) {
        return keeper.find(owner, adapter, accountId).isPresent();
    }

    static ConnectOutcome alreadyConnected(String shown) {
        return new ConnectOutcome.Refused(
                Reason.ALREADY_CONNECTED,
                shown + " is known already and stays as it is; let the person connect again to change it");
    }

    private String shown(Wish wish, PlatformAdapter adapter, String accountId) {
        return repository.withAccount(adapter, accountId).stream()
                .filter(stored -> stored.owner().equals(wish.owner()))
                .map(Stored::doc)
                .map(doc -> doc.account().shown())
                .findFirst()
                .orElse(accountId);
    }
}
