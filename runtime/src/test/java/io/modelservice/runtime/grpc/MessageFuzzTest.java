package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.batching.Batch;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Inference;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.Target;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever bytes come as a message, it is answered or refused as bad; nothing else happens. */
class MessageFuzzTest {
  private static @Nullable Model model;
  private static @Nullable Workspace workspace;

  @BeforeContainer
  static void load() throws EngineException {
    var loaded =
        new OrtEngine().load(TestModels.folder("simple").resolve("model.onnx"), Execution.single());
    model = loaded;
    workspace = loaded.newWorkspace();
  }

  @AfterContainer
  static void close() {
    if (workspace != null && model != null) {
      workspace.close();
      model.close();
    }
  }

  @Property(tries = 3000)
  void typedContentsWithDamagedBytes(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 6) int damages) throws Exception {
    answeredOrRefused(
        damaged(GrpcClient.simple(0).setId("1").build().toByteArray(), seed, damages));
  }

  @Property(tries = 3000)
  void rawContentsWithDamagedBytes(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 6) int damages) throws Exception {
    answeredOrRefused(damaged(GrpcClient.simpleRaw(0).build().toByteArray(), seed, damages));
  }

  @Property(tries = 3000)
  void anyBytes(@ForAll byte[] bytes) throws Exception {
    answeredOrRefused(bytes);
  }

  private static byte[] damaged(byte[] bytes, long seed, int damages) {
    var random = new Random(seed);
    for (var damage = 0; damage < damages; damage++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static void answeredOrRefused(byte[] bytes) throws Exception {
    if (model == null || workspace == null) {
      throw new IllegalStateException("not loaded");
    }
    ByteString message = UnsafeByteOperations.unsafeWrap(bytes);
    assertThat(MessageReader.id(message)).isNotNull();
    try {
      var read = MessageReader.read(message);
      var request = read.toRequest(model.signature(), new SharedMemory.Off());
      var target = new Target("simple", "1", model.signature(), List.of());
      var inference =
          Inference.of(
              request,
              model.signature(),
              new Stopwatch(),
              outputs -> AnswerMessage.of(read, request.outputs(), outputs, target));
      var answer = Batch.alone(inference, workspace, new Cancel());
      assertThat(answer.getOutputsCount()).isPositive();
    } catch (RequestException e) {
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.line()).isNotBlank().doesNotContain("\n");
    }
  }
}
