/** What a story needs of the cluster: the operator installed, a namespace, artifacts, the log. */
@NullMarked
package io.modelservice.e2e.cluster;

import org.jspecify.annotations.NullMarked;
