/** Runs models: one narrow interface, and ONNX Runtime behind it. */
@NullMarked
package io.modelservice.runtime.engine;

import org.jspecify.annotations.NullMarked;
