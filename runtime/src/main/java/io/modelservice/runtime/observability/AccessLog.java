package io.modelservice.runtime.observability;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/**
 * One line for each request, on the category {@code access}. A thread of its own writes them: a
 * request never waits for the console, and a line for which there is no room is dropped and
 * counted.
 */
final class AccessLog implements AutoCloseable {
  static final String CATEGORY = "access";

  private static final int MOST_UNWRITTEN = 4096;
  private static final long IDLE_SECONDS = 10;

  /** How long the last lines may take when the process ends. */
  private static final long LAST_SECONDS = 2;

  private final Logger log = Logger.getLogger(CATEGORY);
  private final LongAdder dropped = new LongAdder();
  private final ThreadPoolExecutor writer;
  private final Form form;

  /** How a line is written. */
  enum Form {
    /** Names and values in the message. */
    TEXT,
    /** For a JSON formatter: the fields as the context of the record. */
    FIELDS
  }

  AccessLog(Form form) {
    this.form = form;
    writer =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_UNWRITTEN),
            Thread.ofPlatform().daemon().name("access-log").factory(),
            (line, full) -> dropped.increment());
    writer.allowCoreThreadTimeOut(true); // no thread as long as nothing is logged
  }

  /** Whether lines are wanted, by the level of the category. */
  boolean isOn() {
    return log.isLoggable(Level.INFO);
  }

  /** Lines that were not written because too many waited. */
  long dropped() {
    return dropped.sum();
  }

  /** Hands a line over, or drops it. */
  void add(AccessLine line) {
    writer.execute(() -> log.log(log(line)));
  }

  private ExtLogRecord log(AccessLine line) {
    var record = new ExtLogRecord(Level.INFO, message(line), AccessLog.class.getName());
    record.setLoggerName(CATEGORY);
    record.setInstant(line.time());
    record.setMdc(form == Form.FIELDS ? line.fields() : Map.of());
    return record;
  }

  private String message(AccessLine line) {
    return switch (form) {
      case TEXT -> line.text();
      case FIELDS -> "request";
    };
  }

  /** Writes what waits, for a moment at most. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
