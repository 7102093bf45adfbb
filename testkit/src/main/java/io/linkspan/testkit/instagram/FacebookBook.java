package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** People, codes and tokens of Facebook Login. Page tokens publish, so they live in {@link InstagramGrants} too. */
final class FacebookBook {
    /** Why a code is refused. */
    static final int CODE_OLD = 36007;

    static final int CODE_USED = 36009;

    private final InstantSource clock;
    private final Ids ids;
    private final InstagramRules rules;
    private final InstagramGrants grants;
    private final Map<String, FacebookPerson> people = new LinkedHashMap<>();
    private final Map<String, FacebookPage> pages = new LinkedHashMap<>();
    private final Map<String, Code> codes = new LinkedHashMap<>();
    private final Map<String, UserToken> users = new LinkedHashMap<>();
    private final Map<String, PageToken> pageTokens = new LinkedHashMap<>();

    FacebookBook(InstantSource clock, Ids ids, InstagramRules rules, InstagramGrants grants) {
        this.clock = clock;
        this.ids = ids;
        this.rules = rules;
        this.grants = grants;
    }

    static final class Code {
        final FacebookPerson person;
        final Set<String> granted;
        final Set<String> declined;
        final String redirectUri;
        final Instant end;
        boolean used;

        Code(FacebookPerson person, Set<String> granted, Set<String> declined, String redirectUri, Instant end) {
            this.person = person;
            this.granted = Set.copyOf(granted);
            this.declined = Set.copyOf(declined);
            this.redirectUri = redirectUri;
            this.end = end;
        }
    }

    static final class UserToken {
        final String value;
        final FacebookPerson person;
        final Set<String> granted;
        final Set<String> declined;
        final Instant expires;
        int deadSubcode;

        UserToken(String value, FacebookPerson person, Set<String> granted, Set<String> declined, Instant expires) {
            this.value = value;
            this.person = person;
            this.granted = granted;
            this.declined = declined;
            this.expires = expires;
        }
    }

    record PageToken(String value, FacebookPerson person, FacebookPage page, Set<String> granted) {}

    synchronized FacebookPerson addPerson(String name) {
        FacebookPerson person = new FacebookPerson(name, Long.toString(10_150_000_000_000_000L + ids.next()));
        people.put(name, person);
        return person;
    }

    synchronized FacebookPage addPage(String name, @Nullable InstagramAccount account) {
        FacebookPage page = new FacebookPage(Long.toString(1_353_269_864_728_000L + ids.next()), name, account);
        pages.put(page.id(), page);
        return page;
    }

    synchronized @Nullable FacebookPerson person(String name) {
        return people.get(name);
    }

    synchronized @Nullable FacebookPage page(String id) {
        return pages.get(id);
    }

    synchronized List<String> names() {
        return new ArrayList<>(people.keySet());
    }

    synchronized String code(FacebookPerson person, Set<String> granted, Set<String> declined, String redirectUri) {
        String value = ids.secret("AQD", "");
        codes.put(
                value,
                new Code(person, granted, declined, redirectUri, clock.instant().plus(rules.codeLife)));
        return value;
    }

    synchronized @Nullable Code code(String value) {
        return codes.get(value);
    }

    /** Uses a code up: 0, or the subcode of the refusal. */
    synchronized int use(Code code) {
        if (code.used) {
            return CODE_USED;
        }
        code.used = true;
        return clock.instant().isBefore(code.end) ? 0 : CODE_OLD;
    }

    synchronized UserToken open(Code code) {
        return issue(code.person, code.granted, code.declined, clock.instant().plus(rules.shortTokenLife));
    }

    synchronized UserToken extend(UserToken from) {
        return issue(from.person, from.granted, from.declined, clock.instant().plus(rules.longTokenLife));
    }

    private UserToken issue(FacebookPerson person, Set<String> granted, Set<String> declined, Instant end) {
        UserToken token = new UserToken(ids.secret("EAAu", ""), person, granted, declined, end);
        users.put(token.value, token);
        return token;
    }

    synchronized @Nullable UserToken user(String value) {
        return users.get(value);
    }

    boolean expired(UserToken token) {
        return !clock.instant().isBefore(token.expires);
    }

    synchronized @Nullable PageToken pageToken(String value) {
        return pageTokens.get(value);
    }

    /** One token for each Page and person, as long as the grant lives. */
    synchronized PageToken pageToken(UserToken user, FacebookPage page) {
        for (PageToken known : pageTokens.values()) {
            boolean same = known.person() == user.person
                    && known.page() == page
                    && grants.check(known.value()).token() != null;
            if (same) {
                return known;
            }
        }
        InstagramAccount account = page.account();
        String value = account == null
                ? ids.secret("EAAp", "")
                : grants.openPage(account, asInstagramLogin(user.granted)).value;
        PageToken token = new PageToken(value, user.person, page, user.granted);
        pageTokens.put(value, token);
        return token;
    }

    /** The handlers of publishing know the permissions by their names under Instagram Login. */
    private static Set<String> asInstagramLogin(Set<String> granted) {
        Set<String> names = new TreeSet<>();
        if (granted.contains("instagram_basic")) {
            names.add("instagram_business_basic");
        }
        if (granted.contains("instagram_content_publish")) {
            names.add("instagram_business_content_publish");
        }
        return names;
    }

    /** A Page's token without any dialog. */
    synchronized String grant(FacebookPerson person, FacebookPage page, Set<String> scopes) {
        UserToken user = issue(person, scopes, Set.of(), clock.instant().plus(rules.longTokenLife));
        return pageToken(user, page).value();
    }

    /** Ends everything a person granted. */
    synchronized void end(FacebookPerson person, String why) {
        users.values().stream()
                .filter(token -> token.person == person && token.deadSubcode == 0)
                .forEach(token -> token.deadSubcode = InstagramGrants.REMOVED);
        pageTokens.values().stream()
                .filter(token -> token.person() == person)
                .forEach(token -> grants.endToken(token.value(), why, InstagramGrants.REMOVED));
    }
}
