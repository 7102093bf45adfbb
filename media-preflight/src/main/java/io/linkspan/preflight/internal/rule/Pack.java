package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.PackVersion;
import java.util.List;

/**
 * A set of rules with one version.
 *
 * @param version id and day
 * @param rules the rules in the order in which they are reported
 */
record Pack(PackVersion version, List<Rule> rules) {}
