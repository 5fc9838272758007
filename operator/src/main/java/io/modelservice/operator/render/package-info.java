/** Turns a plan into Kubernetes objects: pure builders. */
@NullMarked
package io.modelservice.operator.render;

import org.jspecify.annotations.NullMarked;
