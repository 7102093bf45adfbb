package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Tokens, permissions and Pages of Facebook Login, below {@code graph.facebook.com}. */
final class FacebookHandler {
    private static final String PAGES = "pages_show_list";

    private final InstagramWorld world;
    private final FacebookBook book;

    FacebookHandler(InstagramWorld world) {
        this.world = world;
        this.book = world.facebook;
    }

    /** Whether a request is made with a token of this flavour. */
    boolean owns(SimRequest request) {
        String token = token(request);
        return book.user(token) != null || book.pageToken(token) != null;
    }

    private static String token(SimRequest request) {
        String bearer = request.bearer();
        return bearer.isEmpty() ? InstagramWorld.parameters(request).text("access_token") : bearer;
    }

    SimReply token(SimRequest request, boolean extension) {
        Forms query = request.query();
        if (!query.text("client_id").equals(world.app.id())) {
            throw world.replies.refuse(101, -1, "Error validating application. Invalid application ID.");
        }
        if (!query.text("client_secret").equals(world.app.secret())) {
            throw world.replies.refuse(1, -1, "Error validating client secret.");
        }
        return extension ? extend(query) : exchange(query);
    }

    private SimReply exchange(Forms query) {
        FacebookBook.Code code = book.code(query.text("code"));
        if (code == null) {
            throw world.replies.refuse(100, -1, "Invalid verification code format.");
        }
        if (!code.redirectUri.equals(query.text("redirect_uri"))) {
            throw world.replies.refuse(
                    100,
                    36008,
                    "Error validating verification code. Please make sure your redirect_uri is identical to the one you used"
                            + " in the OAuth dialog request");
        }
        int refused = book.use(code);
        if (refused != 0) {
            throw world.replies.refuse(
                    100,
                    refused,
                    refused == FacebookBook.CODE_USED
                            ? "This authorization code has been used."
                            : "This authorization code has expired.");
        }
        return answer(book.open(code));
    }

    private SimReply extend(Forms query) {
        FacebookBook.UserToken token = alive(query.text("fb_exchange_token"));
        return answer(book.extend(token));
    }

    private SimReply answer(FacebookBook.UserToken token) {
        return world.replies.ok(Json.object()
                .put("access_token", token.value)
                .put("token_type", "bearer")
                .put(
                        "expires_in",
                        Duration.between(world.clock.instant(), token.expires).toSeconds()));
    }

    private FacebookBook.UserToken alive(String value) {
        FacebookBook.UserToken token = book.user(value);
        if (token == null) {
            throw world.dead(-1);
        }
        if (token.deadSubcode != 0) {
            throw world.dead(token.deadSubcode);
        }
        if (book.expired(token)) {
            throw world.dead(InstagramGrants.EXPIRED);
        }
        return token;
    }

    private FacebookBook.UserToken person(SimRequest request) {
        if (world.rules.appBlocked) {
            throw world.replies.refuse(200, -1, "API access blocked.");
        }
        return alive(token(request));
    }

    SimReply permissions(SimRequest request) {
        FacebookBook.UserToken token = person(request);
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        token.granted.forEach(scope -> data.addObject().put("permission", scope).put("status", "granted"));
        token.declined.forEach(
                scope -> data.addObject().put("permission", scope).put("status", "declined"));
        return world.replies.ok(body);
    }

    SimReply revoke(SimRequest request) {
        FacebookBook.UserToken token = person(request);
        book.end(token.person, "revoked by the app");
        return world.rules.revokeAnswersObject
                ? world.replies.ok(Json.object().put("success", true))
                : new SimReply(200, Map.of("Content-Type", "application/json"), "true", "ok");
    }

    /** Pages are listed two at a time, whatever limit is asked for, so that nobody forgets the rest. */
    SimReply pages(SimRequest request) {
        FacebookBook.UserToken token = person(request);
        if (!token.granted.contains(PAGES)) {
            throw world.replies.refuse(200, -1, "(#200) Requires pages_show_list permission");
        }
        List<FacebookPage> listed =
                token.person.pages().stream().filter(FacebookPage::isListed).toList();
        String after = request.query().text("after");
        int from = after.isEmpty() ? 0 : Integer.parseInt(after.substring(1));
        int to = Math.min(listed.size(), from + 2);
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        listed.subList(from, to).forEach(page -> data.add(page(token, page)));
        ObjectNode paging = body.putObject("paging");
        paging.putObject("cursors").put("before", "c" + from).put("after", "c" + to);
        if (to < listed.size()) {
            paging.put("next", "https://graph.facebook.com" + request.path() + "?access_token=SECRET&after=c" + to);
        }
        return world.replies.ok(body);
    }

    private ObjectNode page(FacebookBook.UserToken token, FacebookPage page) {
        ObjectNode node = Json.object()
                .put("access_token", book.pageToken(token, page).value())
                .put("category", "Brand")
                .put("name", page.name())
                .put("id", page.id());
        page.tasks().forEach(node.putArray("tasks")::add);
        account(node, page);
        return node;
    }

    private static void account(ObjectNode node, FacebookPage page) {
        InstagramAccount account = page.account();
        if (account != null) {
            node.putObject("instagram_business_account").put("id", account.userId());
        }
    }

    SimReply debug(SimRequest request) {
        if (!token(request).equals(world.app.id() + "|" + world.app.secret())) {
            throw world.replies.refuse(190, -1, "Invalid OAuth access token - Cannot parse access token");
        }
        String asked = request.query().text("input_token");
        FacebookBook.UserToken user = book.user(asked);
        FacebookBook.PageToken page = book.pageToken(asked);
        ObjectNode body = Json.object();
        ObjectNode data = body.putObject("data").put("app_id", world.app.id());
        boolean valid = user != null
                ? user.deadSubcode == 0 && !book.expired(user)
                : page != null && world.grants.check(asked).token() != null;
        data.put("type", page == null ? "USER" : "PAGE").put("is_valid", valid);
        if (!valid) {
            data.putObject("error")
                    .put("code", 190)
                    .put("message", "Error validating access token: Session has expired.")
                    .put("subcode", InstagramGrants.EXPIRED);
            return world.replies.ok(body);
        }
        FacebookPerson person =
                user != null ? user.person : Objects.requireNonNull(page).person();
        data.put("user_id", person.id()).put("expires_at", user == null ? 0 : user.expires.getEpochSecond());
        ArrayNode granular = data.putArray("granular_scopes");
        ObjectNode scope = granular.addObject().put("scope", PAGES);
        ArrayNode targets = scope.putArray("target_ids");
        person.pages().forEach(granted -> targets.add(granted.id()));
        return world.replies.ok(body);
    }

    /** {@code /me} and objects by id: a Page, or the professional account linked to it. */
    SimReply read(SimRequest request, String id) {
        FacebookBook.PageToken pageToken = book.pageToken(token(request));
        if (pageToken != null) {
            return withPageToken(request, pageToken, id);
        }
        FacebookBook.UserToken token = person(request);
        if (id.equals("me")) {
            return world.replies.ok(Json.object().put("id", token.person.id()).put("name", token.person.name()));
        }
        FacebookPage page = book.page(id);
        if (page == null || !page.isReadable() || !token.person.pages().contains(page)) {
            throw world.replies.unreadable(id);
        }
        return world.replies.ok(page(token, page));
    }

    private SimReply withPageToken(SimRequest request, FacebookBook.PageToken token, String id) {
        FacebookPage page = token.page();
        InstagramAccount account = page.account();
        if (account != null) {
            world.working(request, token.value());
        }
        if (id.equals("me") || id.equals(page.id())) {
            ObjectNode node = Json.object().put("id", page.id()).put("name", page.name());
            account(node, page);
            return world.replies.ok(node);
        }
        if (account == null || !id.equals(account.userId())) {
            throw world.replies.unreadable(id);
        }
        if (!token.granted().contains("instagram_basic")) {
            throw world.replies.refuse(10, -1, "(#10) Application does not have permission for this action");
        }
        Map<String, String> values = new TreeMap<>(Map.of(
                "id", account.userId(),
                "username", account.handle(),
                "name", account.displayName(),
                "biography", "",
                "website", ""));
        ObjectNode node = Json.object();
        for (String field : AccountHandler.fields(request, "id")) {
            String value = values.get(field);
            if (value == null) {
                throw AccountHandler.unknownField(world, field);
            }
            if (!value.isEmpty()) {
                node.put(field, value);
            }
        }
        return world.replies.ok(node.put("id", account.userId()));
    }
}
