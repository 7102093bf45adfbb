/** Tools for testing an application that embeds Linkspan. */
@NullMarked
package io.linkspan.testkit;

import org.jspecify.annotations.NullMarked;
