/** The runtime beside other servers of the same models, in one run on the same cores. */
@NullMarked
package io.modelservice.e2e.bench.servers;

import org.jspecify.annotations.NullMarked;
