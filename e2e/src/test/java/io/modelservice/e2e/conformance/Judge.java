package io.modelservice.e2e.conformance;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs checks against a server and decides what their outcome means at their level. */
final class Judge {
  private final Set<String> announced;

  /**
   * A judge of one server.
   *
   * @param announced the extensions that the server names in its metadata
   */
  Judge(Set<String> announced) {
    this.announced = Set.copyOf(announced);
  }

  /** Runs the chapters in their order. */
  List<Result> results(List<Chapter> chapters) {
    var results = new ArrayList<Result>();
    for (var chapter : chapters) {
      for (var check : chapter.checks()) {
        results.add(new Result(chapter.name(), check, verdict(check, results)));
      }
    }
    return List.copyOf(results);
  }

  private Verdict verdict(Check check, List<Result> before) {
    try {
      check.probe().run();
      return new Verdict.Passed();
    } catch (NotOfferedException e) {
      return missing(check.level(), line(e));
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.UNIMPLEMENTED
          ? missing(check.level(), line(e))
          : different(check.level(), line(e), before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Failed("interrupted");
    } catch (Exception e) {
      return different(check.level(), line(e), before);
    }
  }

  private Verdict missing(Level level, String why) {
    return switch (level) {
      case Level.Required() -> new Verdict.Failed(why);
      case Level.Announced(var name) when announced.contains(name) ->
          new Verdict.Failed("announced, but: " + why);
      case Level.Announced _, Level.Unannounced _ -> new Verdict.NotOffered(why);
    };
  }

  /**
   * A server may do as it likes with what it neither announces nor was seen to have.
   *
   * @param before what came of the checks before
   */
  private Verdict different(Level level, String why, List<Result> before) {
    return switch (level) {
      case Level.Announced(var name) when !announced.contains(name) && !seen(level, before) ->
          new Verdict.NotOffered("not announced: " + why);
      case Level.Required _, Level.Announced _, Level.Unannounced _ -> new Verdict.Failed(why);
    };
  }

  private static boolean seen(Level level, List<Result> before) {
    return before.stream()
        .anyMatch(result -> result.passed() && result.check().level().equals(level));
  }

  private static String line(Exception problem) {
    var message = String.valueOf(problem.getMessage());
    return Lines.one(
        switch (problem) {
          case ViolationException _, NotOfferedException _, StatusRuntimeException _ -> message;
          default -> problem.getClass().getSimpleName() + ": " + message;
        });
  }
}
