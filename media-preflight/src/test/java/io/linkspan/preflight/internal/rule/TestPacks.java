package io.linkspan.preflight.internal.rule;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The packs that ship, for tests outside this package. */
public final class TestPacks {
    private TestPacks() {}

    /** Ids of all rules of all packs. */
    public static Set<String> ruleIds() {
        Set<String> ids = new TreeSet<>();
        for (String file : List.of("media.json", "tiktok.json", "instagram.json")) {
            ids.addAll(PackDocument.resource(file).rules());
        }
        return ids;
    }
}
