/** Reads pod states and hands plans to pods. */
@NullMarked
package io.modelservice.operator.podstate;

import org.jspecify.annotations.NullMarked;
