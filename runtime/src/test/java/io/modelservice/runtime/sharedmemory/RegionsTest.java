package io.modelservice.runtime.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelservice.runtime.SharedObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients register parts of their shared memory; the server reads and writes these alone. */
class RegionsTest {
  private static final byte[] TENSOR = {1, 2, 3, 4, 5, 6, 7, 8};

  @TempDir private Path folder;
  private Regions regions;
  private SharedObject object;

  @BeforeEach
  void anObjectOfSixtyFourBytes() throws IOException {
    regions = new Regions(folder);
    object = SharedObject.create(folder, 64);
  }

  @Test
  void aTensorIsReadAtItsPlace() throws Exception {
    object.write(24, TENSOR);
    regions.register(new Registration("region", object.key(), 16, 32));

    assertThat(read(regions.region("region").slice(8, 8))).isEqualTo(TENSOR);
  }

  @Test
  void aTensorIsWrittenToItsPlaceAndNowhereElse() throws Exception {
    regions.register(new Registration("region", object.key(), 16, 32));

    regions.region("region").slice(8, 20).write(ByteBuffer.wrap(TENSOR));

    var expected = ByteBuffer.allocate(64).put(24, TENSOR).array();
    assertThat(Files.readAllBytes(object.file())).isEqualTo(expected);
  }

  @Test
  void aKeyMayHaveNoSlash() throws Exception {
    regions.register(new Registration("region", object.key().substring(1), 0, 64));
    assertThat(regions.registrations()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", ".", "/..", "//x", "/a/b", "../x", "/../x", "x/../y", "x\0y"})
  void aKeyIsOneName(String key) {
    assertRefused(400, "no key of a shared memory object", register(key, 0, 1));
  }

  @Test
  void anObjectThatIsNotThereIsRefused() {
    assertRefused(400, "there is no shared memory object '/moon'", register("/moon", 0, 1));
  }

  @Test
  void whatIsNoObjectIsRefused() throws IOException {
    var _ = Files.createSymbolicLink(folder.resolve("link"), object.file());
    var _ = Files.createDirectory(folder.resolve("folder"));
    assertRefused(400, "there is no shared memory object '/link'", register("/link", 0, 1));
    assertRefused(400, "there is no shared memory object '/folder'", register("/folder", 0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 65, too few for 65 bytes at offset 0",
    "64, 1, too few for 1 bytes at offset 64",
    "9223372036854775807, 64, too few for 64 bytes",
    "1, 9223372036854775807, too few for 9223372036854775807 bytes",
    "0, 0, a byte_size of at least 1",
    "-1, 8, an offset of at least 0"
  })
  void aRegionIsInsideOfItsObject(long offset, long byteSize, String why) {
    assertRefused(400, why, register(object.key(), offset, byteSize));
    assertThat(regions.registrations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 33",
    "32, 1",
    "33, 0",
    "9223372036854775807, 1",
    "1, 9223372036854775807",
    "-1, 4",
    "0, -1"
  })
  void aTensorIsInsideOfItsRegion(long offset, long byteSize) throws Exception {
    regions.register(new Registration("region", object.key(), 16, 32));
    var region = regions.region("region");
    assertRefused(400, "has 32 bytes, it does not hold", () -> region.slice(offset, byteSize));
  }

  @Test
  void aNameIsGivenOnce() throws Exception {
    var registration = new Registration("region", object.key(), 0, 64);
    regions.register(registration);
    assertRefused(409, "is registered already", register(object.key(), 0, 8));

    regions.unregister("region");
    regions.register(registration);
    assertThat(regions.registrations()).containsExactly(registration);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 257})
  void aNameHasSomeCharacters(int length) {
    var registration = new Registration("x".repeat(length), object.key(), 0, 1);
    assertRefused(400, "1 to 256 characters", () -> regions.register(registration));
  }

  @Test
  void thereAreNotTooMany() throws Exception {
    for (var i = 0; i < Regions.MOST; i++) {
      regions.register(new Registration("region-" + i, object.key(), 0, 1));
    }
    assertRefused(429, "there are 256 shared memory regions already", register(object.key(), 0, 1));

    regions.unregisterAll();
    assertThat(regions.registrations()).isEmpty();
  }

  @Test
  void aRegionThatIsNotRegisteredIsRefused() {
    assertRefused(404, "there is no shared memory region 'moon'", () -> regions.region("moon"));
    assertRefused(
        400, "offers no system shared memory", () -> new SharedMemory.Off().region("moon"));
  }

  @Test
  void anObjectThatWasTruncatedIsNotReadAndNotMadeLongerAgain() throws Exception {
    regions.register(new Registration("region", object.key(), 0, 64));
    var place = regions.region("region").slice(8, 8);
    object.truncate(12);

    assertRefused(400, "is shorter than when it was registered", () -> read(place));
    assertRefused(400, "is shorter", () -> place.write(ByteBuffer.wrap(TENSOR)));
    assertThat(Files.size(object.file())).isEqualTo(12);
  }

  @Test
  void anObjectWithoutANameIsStillThere() throws Exception {
    object.write(0, TENSOR);
    regions.register(new Registration("region", object.key(), 0, 64));
    object.close();
    assertThat(read(regions.region("region").slice(0, 8))).isEqualTo(TENSOR);
  }

  @Test
  void aRegionThatIsUnregisteredWhileItIsReadIsRefused() throws Exception {
    regions.register(new Registration("region", object.key(), 0, 64));
    var place = regions.region("region").slice(0, 8);
    regions.unregister("region");
    assertRefused(400, "region 'region' was unregistered meanwhile", () -> read(place));
  }

  @Test
  void readersAndThoseWhoUnregisterDoNotHarmEachOther() throws Exception {
    object.write(0, TENSOR);
    try (var readers = Executors.newFixedThreadPool(2)) {
      var first = readers.submit(this::readOften);
      var second = readers.submit(this::readOften);
      while (!first.isDone() || !second.isDone()) {
        regions.register(new Registration("region", object.key(), 0, 64));
        regions.unregister("region");
      }
      assertThat(first.get() + second.get()).isNotNegative();
    }
  }

  /** How many reads were refused; what the others read is right. */
  private int readOften() {
    var refused = 0;
    for (var i = 0; i < 2_000; i++) {
      try {
        assertThat(read(regions.region("region").slice(0, 8))).isEqualTo(TENSOR);
      } catch (SharedMemoryException e) {
        refused++;
      }
    }
    return refused;
  }

  private static byte[] read(Slice place) throws SharedMemoryException {
    var bytes = ByteBuffer.allocateDirect(place.byteSize());
    place.read(bytes);
    var read = new byte[place.byteSize()];
    bytes.flip().get(read);
    return read;
  }

  private ThrowingCallable register(String key, long offset, long byteSize) {
    return () -> regions.register(new Registration("region", key, offset, byteSize));
  }

  private static void assertRefused(int status, String why, ThrowingCallable step) {
    assertThatExceptionOfType(SharedMemoryException.class)
        .isThrownBy(step)
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }
}
