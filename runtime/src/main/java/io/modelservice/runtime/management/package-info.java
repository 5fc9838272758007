/** What the operator and the cluster call: port 9000. */
@NullMarked
package io.modelservice.runtime.management;

import org.jspecify.annotations.NullMarked;
