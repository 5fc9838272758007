/** The chart as a user gets it: rendered by Helm itself, read back as Kubernetes objects. */
@NullMarked
package io.modelservice.helm;

import org.jspecify.annotations.NullMarked;
