/** Publishing: posts, publications, jobs and the worker. */
@NullMarked
package io.linkspan.publish;

import org.jspecify.annotations.NullMarked;
