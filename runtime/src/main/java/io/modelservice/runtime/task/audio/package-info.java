/** The tasks on sound: a WAV file in, segments or labels out. */
@NullMarked
package io.modelservice.runtime.task.audio;

import org.jspecify.annotations.NullMarked;
