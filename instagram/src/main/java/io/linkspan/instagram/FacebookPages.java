package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.AccountChoice;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.EligibilityFinding;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * From a person's token to the accounts it opens: inspect the token, list the Pages, ask by id for those that were granted
 * and not listed (Pages of a business portfolio), and read the account linked to each.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/reference/user/accounts">User accounts</a> (copy of 2026, read
 *     2026-11-21)
 */
final class FacebookPages {
    private static final String PAGE_FIELDS = "id,name,access_token,tasks,instagram_business_account";
    private static final int MOST_LISTS = 20;
    private static final int MOST_UNLISTED = 50;
    private static final Set<Capability> PUBLISHING = Set.of(Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO);

    private final InstagramApp app;
    private final Answers answers;
    private final BiFunction<FacebookPage, Secret, Flow<AccountIdentity>> account;

    FacebookPages(InstagramApp app, Answers answers, BiFunction<FacebookPage, Secret, Flow<AccountIdentity>> account) {
        this.app = app;
        this.answers = answers;
        this.account = account;
    }

    /**
     * What the token says of itself.
     *
     * @param personId the person, as this app sees them
     * @param page whether it is a Page's token
     * @param pages Pages it was granted for by id; empty when it says nothing
     */
    private record Inspection(String personId, boolean page, Set<String> pages) {}

    /** What was found so far. Lives for one conversation. */
    private static final class Walk {
        private final Secret person;
        private final Inspection inspection;
        private final boolean publishes;
        private final Map<String, FacebookPage> pages = new LinkedHashMap<>();
        private final List<String> unreadable = new ArrayList<>();
        private final List<AccountChoice.Candidate> candidates = new ArrayList<>();
        private final List<EligibilityFinding> findings = new ArrayList<>();

        Walk(Secret person, Inspection inspection, boolean publishes) {
            this.person = person;
            this.inspection = inspection;
            this.publishes = publishes;
        }
    }

    Flow<AccountChoice> choices(Secret person, Set<Capability> wanted) {
        Secret appToken = Secret.of(app.id() + "|" + app.secret().reveal());
        HttpCall inspect =
                app.read(Operations.TOKEN_INSPECTION, "/debug_token", Map.of("input_token", person.reveal()), appToken);
        boolean publishes = wanted.stream().anyMatch(PUBLISHING::contains);
        return Flow.call(
                        inspect, result -> answers.read(Operations.TOKEN_INSPECTION, result, FacebookPages::inspection))
                .then(found -> {
                    Walk walk = new Walk(person, found, publishes);
                    return found.page() ? onePage(walk) : list(walk, "", MOST_LISTS);
                });
    }

    private static Optional<Inspection> inspection(JsonNode root) {
        JsonNode data = root.path("data");
        if (!data.path("is_valid").asBoolean(false)) {
            return Optional.empty();
        }
        Set<String> pages = new TreeSet<>();
        data.path("granular_scopes").forEach(scope -> {
            if (Fields.text(scope, "scope").equals(FacebookOAuth.PAGES)) {
                scope.path("target_ids").forEach(id -> pages.add(id.asString("")));
            }
        });
        pages.removeIf(id -> !Fields.isId(id));
        return Optional.of(new Inspection(
                Fields.id(data, "user_id").orElse(""), Fields.text(data, "type").equals("PAGE"), pages));
    }

    /** A Page's token opens its own account only; such tokens come from an import. */
    private Flow<AccountChoice> onePage(Walk walk) {
        HttpCall me =
                app.read(Operations.ME, "/me", Map.of("fields", "id,name,instagram_business_account"), walk.person);
        return Flow.call(me, result -> answers.read(Operations.ME, result, FacebookPage::read))
                .then(page -> {
                    walk.pages.put(
                            page.id(),
                            new FacebookPage(page.id(), page.name(), walk.person, page.accountId(), Set.of()));
                    return accounts(walk, new ArrayList<>(walk.pages.values()), 0);
                });
    }

    /** One part of the list, with its place to go on. */
    private record Part(List<FacebookPage> pages, String after) {}

    private Flow<AccountChoice> list(Walk walk, String after, int left) {
        Map<String, String> query = Forms.of("fields", PAGE_FIELDS, "limit", "100");
        if (!after.isEmpty()) {
            query.put("after", after);
        }
        HttpCall call = app.read(Operations.PAGES, "/me/accounts", query, walk.person);
        return Flow.call(call, result -> answers.read(Operations.PAGES, result, FacebookPages::part))
                .then(part -> {
                    part.pages().forEach(page -> walk.pages.put(page.id(), page));
                    return part.after().isEmpty() || left <= 1 ? unlisted(walk) : list(walk, part.after(), left - 1);
                });
    }

    private static Optional<Part> part(JsonNode root) {
        if (!root.path("data").isArray()) {
            return Optional.empty();
        }
        List<FacebookPage> pages = new ArrayList<>();
        root.path("data").forEach(node -> FacebookPage.read(node).ifPresent(pages::add));
        JsonNode paging = root.path("paging");
        // the address in next holds the token, so only the cursor is used
        String after = Fields.text(paging, "next").isEmpty() ? "" : Fields.text(paging.path("cursors"), "after");
        return Optional.of(new Part(pages, after));
    }

    private Flow<AccountChoice> unlisted(Walk walk) {
        List<String> missing = walk.inspection.pages().stream()
                .filter(id -> !walk.pages.containsKey(id))
                .limit(MOST_UNLISTED)
                .toList();
        return unlisted(walk, missing, 0);
    }

    private Flow<AccountChoice> unlisted(Walk walk, List<String> missing, int next) {
        if (next == missing.size()) {
            return accounts(walk, new ArrayList<>(walk.pages.values()), 0);
        }
        String id = missing.get(next);
        HttpCall call = app.read(Operations.PAGE, "/" + id, Map.of("fields", PAGE_FIELDS), walk.person);
        return new Flow.Call<>(call, result -> {
            Outcome<FacebookPage> read = answers.read(Operations.PAGE, result, FacebookPage::read);
            read.result().ifPresentOrElse(page -> walk.pages.put(id, page), () -> walk.unreadable.add(id));
            return unlisted(walk, missing, next + 1);
        });
    }

    private Flow<AccountChoice> accounts(Walk walk, List<FacebookPage> pages, int next) {
        if (next == pages.size()) {
            return Flow.of(new AccountChoice(walk.candidates, findings(walk)));
        }
        FacebookPage page = pages.get(next);
        Secret token = page.token();
        if (page.accountId().isEmpty() || token == null || (walk.publishes && !page.mayPublish())) {
            return accounts(walk, pages, next + 1);
        }
        return after(account.apply(page, token), read -> {
            if (read instanceof Outcome.Done<AccountIdentity> done) {
                walk.candidates.add(candidate(walk, page, token, done.value()));
            } else if (read instanceof Outcome.Refused<AccountIdentity> refused) {
                walk.findings.add(new EligibilityFinding(
                        refused.error().code(),
                        Operations.ACCOUNT,
                        "the account of the Page " + page.name() + " cannot be read: "
                                + refused.error().meaning().cause(),
                        refused.error().meaning().remedy()));
            } else {
                return Flow.finished(new Outcome.Unclear<>(read.describe(), null));
            }
            return accounts(walk, pages, next + 1);
        });
    }

    private static <T, R> Flow<R> after(Flow<T> flow, java.util.function.Function<Outcome<T>, Flow<R>> next) {
        if (flow instanceof Flow.Finished<T> end) {
            return next.apply(end.outcome());
        }
        Flow.Call<T> call = (Flow.Call<T>) flow;
        return new Flow.Call<>(
                call.call(), (HttpResult result) -> after(call.next().apply(result), next));
    }

    /** The person's token is kept beside the Page's: it is what ends the grant. The person's id is an alias: Meta's callbacks name it. */
    private static AccountChoice.Candidate candidate(Walk walk, FacebookPage page, Secret token, AccountIdentity read) {
        String personId = walk.inspection.personId();
        Secret person = walk.inspection.page() ? null : walk.person;
        AccountIdentity account = new AccountIdentity(
                read.id(),
                personId.isEmpty() ? Set.of() : Set.of(personId),
                read.handle(),
                read.displayName(),
                read.attributes());
        return new AccountChoice.Candidate(account, new TokenPair(token, person), null, page.name());
    }

    private static List<EligibilityFinding> findings(Walk walk) {
        List<EligibilityFinding> findings = new ArrayList<>(walk.findings);
        String names = String.join(
                ", ", walk.pages.values().stream().map(FacebookPage::name).toList());
        boolean roleMissing = walk.publishes
                && walk.pages.values().stream()
                        .anyMatch(page -> !page.accountId().isEmpty() && !page.mayPublish());
        add(
                findings,
                roleMissing,
                "page_role_missing",
                "the person may not create content on the Page (" + names + ")",
                "Ask an administrator of the Page to give the person full control or the task Content, then connect again.");
        add(
                findings,
                !walk.unreadable.isEmpty(),
                "page_not_listed",
                "granted but not listed and not readable: Pages " + String.join(", ", walk.unreadable),
                "The Page belongs to a business portfolio: give the person access to it in the portfolio's settings, then"
                        + " connect again and choose it.");
        add(
                findings,
                walk.pages.values().stream().anyMatch(page -> page.accountId().isEmpty()),
                FacebookAccounts.NO_ACCOUNT,
                "no professional Instagram account is linked to the Page (" + names + ")",
                FacebookAccounts.NO_PROFESSIONAL_ACCOUNT.remedy());
        add(
                findings,
                walk.pages.isEmpty() && walk.unreadable.isEmpty(),
                "no_page",
                "the person has no Facebook Page, or chose none on the consent page",
                "Create a Facebook Page, link the professional Instagram account to it, then connect again and choose the"
                        + " Page on the consent page.");
        return findings;
    }

    private static void add(
            List<EligibilityFinding> findings, boolean found, String code, String detail, String remedy) {
        if (found) {
            findings.add(new EligibilityFinding(code, Operations.PAGES, detail, remedy));
        }
    }
}
