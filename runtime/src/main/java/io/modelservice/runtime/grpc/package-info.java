/** The Open Inference Protocol v2 over gRPC, health and reflection: port 8081. */
@NullMarked
package io.modelservice.runtime.grpc;

import org.jspecify.annotations.NullMarked;
