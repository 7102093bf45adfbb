package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Finding;
import java.util.List;

/**
 * What the rules say about media.
 *
 * @param findings worst first, then in the order of the packs
 * @param fixes the commands behind the findings, in the same order; findings without a command have none
 */
public record Judgement(List<Finding> findings, List<Fix> fixes) {}
