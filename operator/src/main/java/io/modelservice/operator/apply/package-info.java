/** The only writes to the cluster, each only where something differs. */
@NullMarked
package io.modelservice.operator.apply;

import org.jspecify.annotations.NullMarked;
