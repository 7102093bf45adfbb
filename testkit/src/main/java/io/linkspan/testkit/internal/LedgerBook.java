package io.linkspan.testkit.internal;

import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.sim.Ledger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The ledger as the simulators write it. */
public final class LedgerBook implements Ledger {

    private final InstantSource clock;
    private final Supplier<List<Grant>> grants;
    private final Supplier<List<Token>> tokens;
    private final List<Post> posts = new ArrayList<>();
    private final List<Post> drafts = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();

    /**
     * Opens a ledger.
     *
     * @param clock the simulator's time
     * @param grants the grants as they are now
     * @param tokens the tokens as they are now
     */
    public LedgerBook(InstantSource clock, Supplier<List<Grant>> grants, Supplier<List<Token>> tokens) {
        this.clock = clock;
        this.grants = grants;
        this.tokens = tokens;
    }

    /**
     * Notes a post.
     *
     * @param post the post
     */
    public synchronized void post(Post post) {
        posts.add(post);
    }

    /**
     * Notes a draft.
     *
     * @param draft the draft
     */
    public synchronized void draft(Post draft) {
        drafts.add(draft);
    }

    synchronized void delivery(String event, String account, int status) {
        deliveries.add(new Delivery(clock.instant(), event, account, status));
    }

    synchronized void record(
            Enum<?> operation, SimRequest request, int status, String outcome, boolean effect, String fault) {
        calls.add(new Call(
                calls.size() + 1L,
                operation.name(),
                clock.instant(),
                request.method(),
                request.path(),
                request.account(),
                status,
                outcome,
                effect,
                fault));
    }

    @Override
    public synchronized List<Post> posts() {
        return List.copyOf(posts);
    }

    @Override
    public List<Post> posts(String account) {
        return posts().stream().filter(post -> post.account().equals(account)).toList();
    }

    @Override
    public synchronized List<Post> drafts() {
        return List.copyOf(drafts);
    }

    @Override
    public List<Grant> grants() {
        return grants.get();
    }

    @Override
    public List<Token> tokens() {
        return tokens.get();
    }

    @Override
    public synchronized List<Call> requests() {
        return List.copyOf(calls);
    }

    @Override
    public List<Call> requests(Enum<?> operation) {
        return requests().stream()
                .filter(call -> call.operation().equals(operation.name()))
                .toList();
    }

    @Override
    public long count(Enum<?> operation) {
        return requests(operation).size();
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        requests().forEach(call -> counts.merge(call.operation(), 1L, Long::sum));
        return counts;
    }

    @Override
    public synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    @Override
    public String toJson() {
        ObjectNode root = Json.object();
        ArrayNode grantNodes = root.putArray("grants");
        for (Grant grant : grants()) {
            ObjectNode node = grantNodes.addObject();
            node.put("account", grant.account()).put("number", grant.number());
            grant.scopes().forEach(node.putArray("scopes")::add);
            node.put("at", grant.at().toString()).put("alive", grant.alive()).put("ended", grant.ended());
        }
        ArrayNode tokenNodes = root.putArray("tokens");
        for (Token token : tokens()) {
            tokenNodes
                    .addObject()
                    .put("account", token.account())
                    .put("grant", token.grant())
                    .put("kind", token.kind())
                    .put("fingerprint", token.fingerprint())
                    .put("issued", token.issued().toString())
                    .put("expires", token.expires().toString())
                    .put("state", token.state());
        }
        posts().forEach(post -> write(root.withArray("posts").addObject(), post));
        drafts().forEach(draft -> write(root.withArray("drafts").addObject(), draft));
        for (Call call : requests()) {
            root.withArray("requests")
                    .addObject()
                    .put("number", call.number())
                    .put("operation", call.operation())
                    .put("at", call.at().toString())
                    .put("method", call.method())
                    .put("path", call.path())
                    .put("account", call.account())
                    .put("status", call.status())
                    .put("outcome", call.outcome())
                    .put("effect", call.effect())
                    .put("fault", call.fault());
        }
        for (Delivery delivery : deliveries()) {
            root.withArray("deliveries")
                    .addObject()
                    .put("at", delivery.at().toString())
                    .put("event", delivery.event())
                    .put("account", delivery.account())
                    .put("status", delivery.status());
        }
        return Json.write(root);
    }

    private static void write(ObjectNode node, Post post) {
        node.put("account", post.account())
                .put("id", post.id())
                .put("handle", post.handle())
                .put("at", post.at().toString())
                .put("kind", post.kind())
                .put("text", post.text())
                .put("bytes", post.bytes())
                .put("sha256", post.sha256());
        ObjectNode details = node.putObject("details");
        new TreeMap<>(post.details()).forEach(details::put);
    }
}
