package io.linkspan.preflight.internal.rule;

import io.linkspan.json.core.JacksonException;
import io.linkspan.json.core.StreamReadFeature;
import io.linkspan.json.core.json.JsonFactory;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.preflight.Delivery;
import io.linkspan.preflight.Destination;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.RulePackException;
import io.linkspan.preflight.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads rule packs and refuses broken ones with file, rule and reason. */
final class PackLoader {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final String file;
    private final Map<String, String> sources = new HashMap<>();

    private PackLoader(String file) {
        this.file = file;
    }

    static byte[] resource(String file) {
        try (InputStream in = PackLoader.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new RulePackException(file + ": there is no such file", null);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new RulePackException(file + ": could not be read", e);
        }
    }

    static JsonNode parse(String file, byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new RulePackException(file + ": is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static Pack pack(String file, JsonNode root) {
        return new PackLoader(file).pack(root);
    }

    private Pack pack(JsonNode root) {
        Fields fields = new Fields(root, file);
        PackVersion version = new PackVersion(fields.text("pack"), fields.date("version"));
        fields.text("title");
        JsonNode named = fields.required("sources");
        for (String key : named.propertyNames()) {
            Fields source = new Fields(named.get(key), file + ": source " + key);
            String url = source.textOrNull("url");
            sources.put(key, source.text("title") + (url == null ? "" : ", " + url));
            source.constant(source.text("confidence"), "confidence", Confidence.class);
            source.nothingElse();
        }
        JsonNode list = fields.required("rules");
        if (!list.isArray() || list.isEmpty()) {
            throw fields.broken("'rules' must be an array that is not empty");
        }
        fields.nothingElse();
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode node : list) {
            Rule rule = rule(node);
            if (!ids.add(rule.id())) {
                throw fields.broken("rule " + rule.id() + ": there are two of it");
            }
            rules.add(rule);
        }
        return new Pack(version, List.copyOf(rules));
    }

    /** How a source stands to the platform. */
    private enum Confidence {
        OFFICIAL,
        QUOTED,
        PRACTICE,
        FOLKLORE,
        OWN
    }

    private Rule rule(JsonNode node) {
        String id = new Fields(node, file + ": a rule").text("id");
        String place = file + ": rule " + id;
        Fields fields = new Fields(node, place);
        fields.text("id");
        Set<Destination> destinations = fields.constants("destinations", Destination.class);
        if (destinations.isEmpty()) {
            throw fields.broken("'destinations' must name at least one");
        }
        Set<MediaKind> media = fields.constants("media", MediaKind.class);
        String source = fields.text("source");
        String sourceText = sources.get(source);
        if (sourceText == null) {
            throw fields.broken("'source' names the unknown source '" + source + "'");
        }
        JsonNode checkList = fields.required("checks");
        if (!checkList.isArray() || checkList.isEmpty()) {
            throw fields.broken("'checks' must be an array that is not empty");
        }
        List<Rule.Check> checks = new ArrayList<>();
        for (JsonNode check : checkList) {
            checks.add(check(new Fields(check, place + ", check " + (checks.size() + 1))));
        }
        boolean ownRule = fields.optional("seen") == null && source.equals("own");
        @Nullable LocalDate seen = ownRule ? null : fields.date("seen");
        Rule rule = new Rule(
                id,
                fields.text("title"),
                destinations,
                media.isEmpty() ? EnumSet.allOf(MediaKind.class) : media,
                List.copyOf(checks),
                sourceText,
                seen,
                fields.dateOrNull("validFrom"),
                fields.dateOrNull("validUntil"),
                fields.flag("post"),
                List.copyOf(fields.texts("supersedes")),
                List.copyOf(fields.texts("predicts")),
                fields.text("why"),
                fields.text("fix"),
                arguments(fields.textOrNull("ffmpeg")));
        fields.nothingElse();
        return rule;
    }

    private static Rule.Check check(Fields fields) {
        Severity severity = fields.constant(fields.text("severity"), "severity", Severity.class);
        Condition condition = condition(fields);
        String when = fields.textOrNull("when");
        String allowed = fields.text("allowed", condition::allowed);
        if (allowed.isEmpty()) {
            throw fields.broken("'allowed' is missing; this kind of check cannot describe itself");
        }
        String ffmpeg = fields.textOrNull("ffmpeg");
        Rule.Check check = new Rule.Check(
                severity,
                condition,
                when == null ? null : fields.constant(when, "when", Delivery.class),
                fields.textOrNull("measured"),
                allowed,
                fields.textOrNull("fix"),
                ffmpeg == null ? null : ffmpeg.equals("none") ? List.of() : arguments(ffmpeg));
        fields.nothingElse();
        return check;
    }

    private static Condition condition(Fields fields) {
        String op = fields.text("op");
        if (op.equals("predicate")) {
            String name = fields.text("name");
            Condition.Predicate predicate = Predicates.named(name);
            if (predicate == null) {
                throw fields.broken("'name' is the unknown predicate '" + name + "'");
            }
            return new Condition.Named(name, predicate);
        }
        Measure measure = Measures.named(fields.text("fact"));
        if (measure == null) {
            throw fields.broken("'fact' is unknown: " + fields.text("fact"));
        }
        return switch (op) {
            case "range" -> range(fields, measure);
            case "oneOf" -> words(fields, measure, true);
            case "noneOf" -> words(fields, measure, false);
            default -> throw fields.broken("'op' is unknown: " + op);
        };
    }

    private static Condition range(Fields fields, Measure measure) {
        if (!measure.numeric()) {
            throw fields.broken("'range' needs a number, but " + measure.name() + " is none");
        }
        String unit = fields.text("unit");
        if (Unit.of(unit) != measure.unit()) {
            throw fields.broken("'unit' must be '" + measure.unit().symbol() + "', was '" + unit + "'");
        }
        Double min = fields.number("min");
        Double max = fields.number("max");
        if (min == null && max == null) {
            throw fields.broken("'min' or 'max' is missing");
        }
        if (min != null && max != null && min > max) {
            throw fields.broken("'min' is above 'max'");
        }
        JsonNode tolerance = fields.optional("tolerance");
        if (tolerance == null) {
            return new Condition.Range(measure, min, max, 0, false);
        }
        if (tolerance.isNumber() && tolerance.doubleValue() >= 0) {
            return new Condition.Range(measure, min, max, tolerance.doubleValue(), false);
        }
        String percent = fields.text("tolerance");
        try {
            if (percent.endsWith("%")) {
                double slack = Double.parseDouble(percent.substring(0, percent.length() - 1)) / 100;
                return new Condition.Range(measure, min, max, slack, true);
            }
        } catch (NumberFormatException e) {
            throw fields.broken("'tolerance' is not a percentage: " + percent);
        }
        throw fields.broken("'tolerance' must be a number of at least 0 or a percentage such as \"0.5%\"");
    }

    private static Condition words(Fields fields, Measure measure, boolean wanted) {
        if (measure.numeric()) {
            throw fields.broken("'" + measure.name() + "' is a number; use 'range'");
        }
        Set<String> values = new TreeSet<>(fields.texts("values"));
        if (values.isEmpty()) {
            throw fields.broken("'values' must not be empty");
        }
        for (String value : values) {
            if (!measure.vocabulary().isEmpty() && !measure.vocabulary().contains(value)) {
                throw fields.broken("'values' has '" + value + "', which " + measure.name() + " never is");
            }
        }
        return new Condition.Words(measure, values, wanted);
    }

    private static List<String> arguments(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(" +", -1));
    }
}
