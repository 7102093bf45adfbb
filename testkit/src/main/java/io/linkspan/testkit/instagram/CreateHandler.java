package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.MediaFetcher.Fetched;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code POST /{ig-id}/media}. */
final class CreateHandler {

    private static final Set<String> NOT_DETAILS =
            Set.of("access_token", "appsecret_proof", "caption", "video_url", "image_url", "cover_url", "children");

    private final InstagramWorld world;
    private final Supplier<URI> base;
    private final ParameterRules parameters;
    private final MediaIntake intake;

    CreateHandler(InstagramWorld world, Supplier<URI> base) {
        this.world = world;
        this.base = base;
        this.parameters = new ParameterRules(world);
        this.intake = new MediaIntake(world);
    }

    SimReply create(SimRequest request, String id) {
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        world.require(token, "instagram_business_content_publish");
        InstagramAccount account = token.grant.account;
        if (!InstagramWorld.names(account, id)) {
            throw world.replies.unreadable(id);
        }
        world.unrestricted(account);
        boolean facebook = world.facebook.pageToken(token.value) != null;
        Forms form = InstagramWorld.parameters(request);
        Slot slot = parameters.slot(form);
        parameters.check(form, slot, account, facebook);
        if (world.containers.createdToday(account) >= world.rules.containersPerDay) {
            throw world.replies.refuse(4, -1, "(#4) Application request limit reached");
        }
        return open(form, slot, account, world.versions.called(request), facebook);
    }

    private SimReply open(Forms form, Slot slot, InstagramAccount account, String version, boolean facebook) {
        List<Container> children = slot == Slot.PARENT ? children(form.text("children"), account) : List.of();
        boolean resumable = form.first("upload_type") != null
                && form.text("video_url").isEmpty()
                && (facebook || world.rules.resumableWithInstagramLogin);
        Map<String, String> details = details(form, slot, children);
        CompletableFuture<Fetched> fetch = resumable ? null : fetch(form, slot);
        Container container = world.containers.open(
                account, slot.kind(), form.text("caption"), slot.child(), details, children, fetch);
        if (form.first("trial_params") != null) {
            account.trialUsed();
        }
        ObjectNode body = Json.object().put("id", container.id);
        if (resumable) {
            container.upload = new Upload("/ig-api-upload/" + version + "/" + container.id);
            body.put("uri", base.get() + container.upload.path());
        }
        return world.replies.ok(body);
    }

    private Map<String, String> details(Forms form, Slot slot, List<Container> children) {
        Map<String, String> details = new TreeMap<>(form.singles());
        details.keySet().removeAll(NOT_DETAILS);
        if (slot.story()) {
            details.put("story", slot.image() ? "IMAGE" : "VIDEO");
        }
        String cover = form.text("cover_url");
        if (!cover.isEmpty()) {
            Fetched fetched = intake.picture(cover);
            details.put("cover_sha256", fetched == null ? "" : fetched.sha256());
        }
        if (!children.isEmpty()) {
            details.put(
                    "children",
                    String.join(",", children.stream().map(child -> child.id).toList()));
        }
        for (int i = 0; i < children.size(); i++) {
            Container child = children.get(i);
            String prefix = "child." + i + ".";
            details.put(prefix + "kind", child.kind);
            details.put(prefix + "sha256", Containers.received(child).sha256());
            child.details.forEach((name, value) -> details.put(prefix + name, value));
        }
        return details;
    }

    private List<Container> children(String text, InstagramAccount account) {
        List<String> ids = new ArrayList<>();
        JsonNode array = text.startsWith("[") ? Json.parse(text) : null;
        if (array != null) {
            array.forEach(id -> ids.add(id.asString()));
        } else {
            ids.addAll(List.of(text.split(",", -1)));
        }
        if (ids.size() < 2 || ids.size() > 10) {
            throw world.replies.refuse(
                    100, 2207028, "Your post won't work as a carousel", "Carousels need 2 to 10 items.");
        }
        List<Container> children = new ArrayList<>();
        for (String id : ids) {
            Container child = world.containers.find(id);
            if (child == null || child.account != account || !child.item) {
                throw world.replies.refuse(24, 2207008, "The requested resource does not exist", "Unknown child.");
            }
            if (world.containers.status(child, false) != Containers.Status.FINISHED) {
                throw world.replies.refuse(
                        9007,
                        2207027,
                        "Media ID is not available",
                        "The media is not ready for publishing, please wait for a moment");
            }
            children.add(child);
        }
        return children;
    }

    private @Nullable CompletableFuture<Fetched> fetch(Forms form, Slot slot) {
        if (slot == Slot.PARENT) {
            return null;
        }
        return slot.image() ? intake.image(url(form, "image_url"), slot.story()) : intake.video(url(form, "video_url"));
    }

    private String url(Forms form, String name) {
        String url = form.text(name);
        if (url.isEmpty()) {
            throw world.replies.parameter("The parameter " + name + " is required");
        }
        return url;
    }
}
