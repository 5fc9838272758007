package io.modelservice.runtime.fuzz;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes from outside is taken or refused in one line; nothing else happens. */
class ParsersTest {

  @ParameterizedTest
  @EnumSource
  void goodAndDamagedInputsEndInAValueOrARefusal(Parsers kind) throws Exception {
    try (var parser = kind.open()) {
      var trial = new Trial(parser);
      for (var seed : kind.seeds()) {
        run(trial, seed);
      }
      var damages = new Damages(kind.seeds());
      for (var i = 0; i < kind.tries(); i++) {
        run(trial, damages.next());
      }
    }
  }

  private static void run(Trial trial, byte[] input) {
    try {
      trial.run(input);
    } catch (Throwable e) {
      throw new AssertionError("input " + HexFormat.of().formatHex(input), e);
    }
  }
}
