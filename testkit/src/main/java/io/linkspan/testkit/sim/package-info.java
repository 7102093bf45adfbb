/** What both simulators share: the ledger, scripted faults, webhook delivery and a scripted browser. */
@NullMarked
package io.linkspan.testkit.sim;

import org.jspecify.annotations.NullMarked;
