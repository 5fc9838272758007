package io.modelservice.runtime.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelservice.runtime.protocol.JsonElements.Fixed;
import io.modelservice.runtime.tensor.Datatype;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Many floats at once are the ones that the JDK reads one by one. */
class PlainFloatsTest {
  /** What only one number may look at is read here as well, so the last ones are like the first. */
  private static final String BEHIND = ",0.0".repeat(40);

  @Property(tries = 5000)
  void manyAreReadAsEachAlone(@ForAll("arrays") List<String> texts, @ForAll("commas") String comma)
      throws Exception {
    var read = read("[" + String.join(comma, texts) + BEHIND + "]").data();

    for (var text : texts) {
      assertThat(read.getFloat()).as(text).isEqualTo(Float.parseFloat(text));
    }
  }

  @Example
  void whatIsNoJsonIsRefusedAmongGoodOnes() {
    for (var bad :
        List.of("01", "-", "1.", ".5", "+1", "1.e3", "00.5", "--1", "0x10", "1.2.3", "")) {
      assertThatThrownBy(() -> read("[0.5," + bad + BEHIND + "]"))
          .as(bad)
          .isInstanceOf(RequestException.class);
    }
  }

  @Example
  void moreThanTheShapeSaysAreCounted() throws Exception {
    var numbers = IntStream.range(0, 1000).mapToObj(i -> i + ".5").collect(Collectors.joining(","));

    assertThat(ElementReader.read(cursor("[" + numbers + "]"), "in", Datatype.FP32, 3).size())
        .isEqualTo(1000);
  }

  private static Fixed read(String text) throws RequestException {
    return (Fixed) ElementReader.read(cursor(text), "in", Datatype.FP32, 8);
  }

  private static JsonCursor cursor(String text) {
    var bytes = text.getBytes(UTF_8);
    return new JsonCursor(bytes, 0, bytes.length);
  }

  @Provide
  Arbitrary<List<String>> arrays() {
    return Arbitraries.oneOf(written(), decimals()).list().ofMinSize(1).ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> commas() {
    return Arbitraries.of(",", ", ", " , ", ",\n  ");
  }

  /** As encoders write them. */
  private static Arbitrary<String> written() {
    var values = Arbitraries.floats().between(-1e6f, 1e6f);
    return Arbitraries.of("float", "double", "%.3f", "%.9f", "%.0f")
        .flatMap(form -> values.map(value -> written(form, value)));
  }

  private static String written(String form, float value) {
    return switch (form) {
      case "float" -> Float.toString(value);
      case "double" -> Double.toString(value);
      default -> String.format(Locale.ROOT, form, value);
    };
  }

  /** Of any length. */
  private static Arbitrary<String> decimals() {
    var sign = Arbitraries.of("", "-");
    var whole = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(24);
    var fraction = Arbitraries.strings().numeric().ofMaxLength(24);
    return Combinators.combine(sign, whole, fraction)
        .as((minus, left, right) -> minus + plain(left) + (right.isEmpty() ? "" : "." + right));
  }

  private static String plain(String digits) {
    var plain = digits.replaceFirst("^0+", "");
    return plain.isEmpty() ? "0" : plain;
  }
}
