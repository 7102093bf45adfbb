package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Finding;
import io.linkspan.preflight.PassedRule;
import java.util.List;

/**
 * What the rules say about media.
 *
 * @param findings worst first, then in the order of the packs
 * @param passed the rules that were checked and hold, in the order of the packs
 * @param fixes the commands behind the findings, in the same order; findings without a command have none
 */
public record Judgement(List<Finding> findings, List<PassedRule> passed, List<Fix> fixes) {}
