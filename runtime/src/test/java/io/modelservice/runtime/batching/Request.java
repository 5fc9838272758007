package io.modelservice.runtime.batching;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.measure.Stopwatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to a {@link Doubler}, with elements that count up from a first. */
final class Request implements Member<float[]>, Batch.Entry {
  final float[] elements;
  final Cancel cancel = new Cancel();
  float @Nullable [] answer;
  @Nullable Throwable problem;

  private final Stopwatch watch = new Stopwatch();
  private final int rows;
  private final int width;

  Request(int rows, int width, int first) {
    this.rows = rows;
    this.width = width;
    elements = new float[rows * width];
    for (var i = 0; i < elements.length; i++) {
      elements[i] = first + i;
    }
  }

  float[] doubled() {
    var doubled = elements.clone();
    for (var i = 0; i < doubled.length; i++) {
      doubled[i] *= 2;
    }
    return doubled;
  }

  @Override
  public List<List<Long>> shapes() {
    return List.of(List.of((long) rows, (long) width));
  }

  @Override
  public List<Integer> wanted() {
    return List.of(0);
  }

  @Override
  public void fill(int input, ByteBuffer memory) {
    for (var element : elements) {
      memory.putFloat(element);
    }
  }

  @Override
  public String[] strings(int input) {
    throw new UnsupportedOperationException();
  }

  @Override
  public float[] answer(List<Output> outputs) {
    var data = ((Output.Fixed) outputs.getFirst()).data().slice().order(ByteOrder.LITTLE_ENDIAN);
    var read = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(read);
    return read;
  }

  @Override
  public @Nullable Duration timeout() {
    return null;
  }

  @Override
  public Stopwatch watch() {
    return watch;
  }

  @Override
  public Member<?> member() {
    return this;
  }

  @Override
  public Cancel cancel() {
    return cancel;
  }

  @Override
  public void answerWith(List<Output> outputs) {
    answer = answer(outputs);
  }

  @Override
  public void fail(Throwable why) {
    problem = why;
  }
}
