/** An Instagram (Instagram Login flavour) that runs on the loopback interface. */
@NullMarked
package io.linkspan.testkit.instagram;

import org.jspecify.annotations.NullMarked;
