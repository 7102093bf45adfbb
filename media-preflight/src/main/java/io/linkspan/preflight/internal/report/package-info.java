/**
 * What people and machines see of a report.
 */
@NullMarked
package io.linkspan.preflight.internal.report;

import org.jspecify.annotations.NullMarked;
