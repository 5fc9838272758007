package io.modelservice.e2e.bench.servers;

/**
 * One figure of a round.
 *
 * @param p50 milliseconds of a request or run
 * @param p99 milliseconds of a request or run
 * @param cpu milliseconds of CPU of a request or run; NaN where it was not measured
 * @param resident megabytes at its end; NaN where it was not measured
 * @param failed requests without an answer of status 2xx, which make the figure invalid
 */
record Point(double p50, double p99, double perSecond, double cpu, double resident, long failed) {}
