package io.linkspan.preflight.internal.rule;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.RulePackException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A pack or an overlay as it was written, so that overlays can be laid over it before it is read. */
public final class PackDocument {
    private final String file;
    private final ObjectNode root;
    private final PackVersion version;
    private final @Nullable String target;
    private final Set<String> rules;

    private PackDocument(
            String file, ObjectNode root, PackVersion version, @Nullable String target, Set<String> rules) {
        this.file = file;
        this.root = root;
        this.version = version;
        this.target = target;
        this.rules = rules;
    }

    /**
     * Reads a document. A pack is checked at once, an overlay when it is laid over its pack.
     *
     * @param file how messages name it
     * @param json the content
     * @return the document
     * @throws RulePackException if it is broken
     */
    public static PackDocument read(String file, byte[] json) {
        Fields fields = new Fields(PackLoader.parse(file, json), file);
        PackVersion version = new PackVersion(fields.text("pack"), fields.date("version"));
        String target = fields.textOrNull("overlays");
        ObjectNode root = (ObjectNode) fields.node();
        if (target == null) {
            PackLoader.pack(file, root);
            return new PackDocument(file, root, version, null, ids(file, root));
        }
        fields.text("title");
        fields.optional("sources");
        fields.texts("remove");
        fields.optional("rules");
        fields.nothingElse();
        return new PackDocument(file, root, version, target, ids(file, root));
    }

    static PackDocument resource(String file) {
        return read(file, PackLoader.resource(file));
    }

    private static Set<String> ids(String file, ObjectNode root) {
        Set<String> ids = new TreeSet<>();
        if (root.get("rules") instanceof ArrayNode list) {
            list.forEach(rule -> ids.add(new Fields(rule, file + ": a rule").text("id")));
        }
        return Set.copyOf(ids);
    }

    /**
     * Which pack this is.
     *
     * @return id and day
     */
    public PackVersion version() {
        return version;
    }

    /**
     * The pack that this is laid over.
     *
     * @return its id, or null if this is a pack of its own
     */
    public @Nullable String target() {
        return target;
    }

    /**
     * The rules that this holds or changes.
     *
     * @return their ids
     */
    public Set<String> rules() {
        return rules;
    }

    ObjectNode root() {
        return root;
    }

    Pack pack() {
        return PackLoader.pack(file, root);
    }

    /** This pack with an overlay's changes; a rule's fields replace, its checks change one by one in their order. */
    PackDocument overlaid(PackDocument overlay) {
        String place = overlay.file + " over " + version;
        ObjectNode merged = root.deepCopy();
        if (overlay.root.get("sources") instanceof ObjectNode sources) {
            merged.withObject("/sources").setAll(sources);
        }
        ArrayNode list = (ArrayNode) merged.get("rules");
        Set<String> removed = new HashSet<>(new Fields(overlay.root, place).texts("remove"));
        Map<String, ObjectNode> known = new HashMap<>();
        for (int i = list.size() - 1; i >= 0; i--) {
            ObjectNode rule = (ObjectNode) list.get(i);
            String id = rule.get("id").stringValue();
            if (removed.remove(id)) {
                list.remove(i);
            } else {
                known.put(id, rule);
            }
        }
        if (!removed.isEmpty()) {
            throw new RulePackException(place + ": 'remove' names unknown rules " + new TreeSet<>(removed), null);
        }
        if (overlay.root.get("rules") instanceof ArrayNode changes) {
            for (JsonNode change : changes) {
                Fields fields = new Fields(change, place + ": a rule");
                ObjectNode rule = known.get(fields.text("id"));
                if (rule == null) {
                    list.add(change);
                } else {
                    change(rule, (ObjectNode) change, place);
                }
            }
        }
        PackLoader.pack(place, merged);
        return new PackDocument(place, merged, version, null, ids(place, merged));
    }

    private static void change(ObjectNode rule, ObjectNode change, String place) {
        for (Map.Entry<String, JsonNode> field : change.properties()) {
            if (!field.getKey().equals("checks")) {
                rule.set(field.getKey(), field.getValue());
                continue;
            }
            ArrayNode checks = (ArrayNode) rule.get("checks");
            if (!(field.getValue() instanceof ArrayNode changes)) {
                throw new RulePackException(
                        place + ": rule " + rule.get("id").stringValue() + ": 'checks' must be an array", null);
            }
            for (int i = 0; i < changes.size(); i++) {
                boolean whole = changes.get(i).has("op");
                if (!whole && i < checks.size() && changes.get(i) instanceof ObjectNode fields) {
                    ((ObjectNode) checks.get(i)).setAll(fields);
                } else if (i < checks.size()) {
                    checks.set(i, changes.get(i));
                } else {
                    checks.add(changes.get(i));
                }
            }
        }
    }
}
