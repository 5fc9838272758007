package io.modelservice.runtime.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelservice.runtime.tensor.Datatype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The reader of JSON takes what Jackson takes, and reads the same values from it. */
class JsonCursorTest {
  private static final ObjectMapper JACKSON =
      JsonMapper.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Property(tries = 5000)
  void textsAreTakenAndRefusedAlike(@ForAll("texts") String text) {
    assertThat(taken(text)).as(text).isEqualTo(parsed(text) != null);
  }

  @Property(tries = 5000)
  void stringsAreReadAlike(@ForAll("stringTexts") String text) throws Exception {
    var expected = parsed(text);
    if (expected == null) {
      assertThatThrownBy(() -> cursor(text).string()).isInstanceOf(RequestException.class);
    } else {
      assertThat(cursor(text).string()).isEqualTo(expected.asText());
    }
  }

  @Property(tries = 20_000)
  void floatsAreReadToTheNearest(@ForAll("decimals") String text) throws Exception {
    assertThat(cursor(text).number().toFloat()).as(text).isEqualTo(Float.parseFloat(text));
  }

  @Property(tries = 20_000)
  void floatsWrittenAsDoublesComeBack(@ForAll float value) throws Exception {
    var text = Double.toString((double) value);
    assertThat(cursor(text).number().toFloat()).as(text).isEqualTo(value);
  }

  @Property(tries = 20_000)
  void doublesAreReadToTheNearest(@ForAll("decimals") String text) throws Exception {
    assertThat(cursor(text).number().toDouble()).as(text).isEqualTo(Double.parseDouble(text));
  }

  @Property
  void everyDoubleComesBack(@ForAll double value) throws Exception {
    var text = Double.toString(value);
    assertThat(cursor(text).number().toDouble()).as(text).isEqualTo(value);
  }

  @Example
  void halfWayBetweenTwoFloatsRoundsToTheEvenOne() throws Exception {
    for (var text :
        List.of(
            "1.000000059604644775390625", // 1 + 2^-24: down to 1
            "1.0000000596046448", // just above
            "1.00000005960464477", // just below
            "1.000000178813934326171875", // 1 + 3 * 2^-24: up
            "16777217",
            "16777219",
            "-16777217.0",
            "3.4028235677973366e38",
            "1.17549435e-38",
            "1e-45",
            "0.7e-45")) {
      assertThat(cursor(text).number().toFloat()).as(text).isEqualTo(Float.parseFloat(text));
    }
  }

  @Example
  void unsignedNumbersReachTheirLimits() throws Exception {
    assertThat(unsigned("[0, 18446744073709551615]")).containsExactly(0L, -1L);
    assertThatThrownBy(() -> unsigned("[18446744073709551616]")).hasMessageContaining("range");
    assertThatThrownBy(() -> unsigned("[-1]")).hasMessageContaining("range");
    assertThatThrownBy(() -> unsigned("[1.0]")).hasMessageContaining("whole");
  }

  @Example
  void wholeNumbersReachTheirLimits() throws Exception {
    assertThat(whole("[-9223372036854775808, 9223372036854775807]"))
        .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThatThrownBy(() -> whole("[9223372036854775808]")).hasMessageContaining("range");
  }

  private static long[] unsigned(String text) throws RequestException {
    return longs(text, Datatype.UINT64);
  }

  private static long[] whole(String text) throws RequestException {
    return longs(text, Datatype.INT64);
  }

  private static long[] longs(String text, Datatype datatype) throws RequestException {
    var read = (JsonElements.Fixed) ElementReader.read(cursor(text), "x", datatype, 0);
    ByteBuffer data = read.data();
    var all = new long[read.size()];
    data.asLongBuffer().get(all);
    return all;
  }

  private static JsonCursor cursor(String text) {
    var bytes = text.getBytes(UTF_8);
    return new JsonCursor(bytes, 0, bytes.length);
  }

  private static boolean taken(String text) {
    var cursor = cursor(text);
    try {
      cursor.skip();
      return cursor.peek() == JsonCursor.END;
    } catch (RequestException e) {
      return false;
    }
  }

  private static @Nullable JsonNode parsed(String text) {
    try {
      var node = JACKSON.readTree(text.getBytes(UTF_8));
      return node.isMissingNode() ? null : node;
    } catch (JacksonException e) {
      return null;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    var words =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"\\u00e9\"",
            "\"\\x\"",
            "\"\\",
            "1",
            "-",
            "01",
            "0",
            ".5",
            "1.",
            "1e",
            "1e+9",
            "2E-3",
            "true",
            "false",
            "null",
            "nul",
            " ",
            "\n",
            "\t");
    return words.list().ofMaxSize(9).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> stringTexts() {
    var parts =
        Arbitraries.of(
            "a",
            "é",
            "😀",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u0041",
            "\\ud83d\\ude00",
            "\\u12",
            "\\q",
            "\t",
            "\u007f");
    return parts.list().ofMaxSize(8).map(list -> '"' + String.join("", list) + '"');
  }

  @Provide
  Arbitrary<String> decimals() {
    var digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(24);
    var whole = digits.map(text -> text.replaceFirst("^0+(?=.)", ""));
    var exponent = Arbitraries.integers().between(-60, 60);
    return Combinators.combine(
            Arbitraries.of("", "-"), whole, Arbitraries.of("", "."), digits, exponent)
        .as(
            (sign, left, point, right, power) ->
                sign
                    + left
                    + (point.isEmpty() ? "" : point + right)
                    + (power == 0 ? "" : "e" + power));
  }
}
