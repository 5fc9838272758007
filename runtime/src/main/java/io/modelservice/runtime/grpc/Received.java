package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import io.modelservice.runtime.protocol.RequestException;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was received, so that the lane reads it and not the connection.
 *
 * @param bytes empty if there is a problem
 * @param problem why it could not be received
 */
record Received(ByteString bytes, @Nullable RequestException problem) {}
