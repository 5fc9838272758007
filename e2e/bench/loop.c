// The ceiling of every server: runs of a model on ONNX Runtime's C API in a loop, without a server.
// usage: loop LIBRARY MODEL THREADS SECONDS NAME:DATATYPE:SHAPE:FILE...
//
//   LIBRARY   libonnxruntime.so
//   THREADS   that run the one session at the same time; each run is on its own thread alone
//   an input  as in INPUT0:INT32:1x16:FILE, where FILE holds the elements, row-major, in the byte order of the machine
//
// Each thread reuses its inputs and outputs. Prints the median and the 99th percentile in ms, runs/s of all threads,
// CPU ms a run, resident MB and the version of the library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// No package has ONNX Runtime's header in this version. Its function table is append-only, so these places never change.
enum {
  GET_ERROR_MESSAGE = 2,
  CREATE_ENV = 3,
  CREATE_SESSION = 7,
  RUN = 9,
  CREATE_SESSION_OPTIONS = 10,
  SET_INTRA_OP_NUM_THREADS = 24,
  SET_INTER_OP_NUM_THREADS = 25,
  SESSION_GET_OUTPUT_COUNT = 31,
  SESSION_GET_OUTPUT_NAME = 37,
  CREATE_TENSOR_WITH_DATA = 49,
  CREATE_CPU_MEMORY_INFO = 69,
  GET_ALLOCATOR_WITH_DEFAULT_OPTIONS = 78,
  ADD_SESSION_CONFIG_ENTRY = 130
};
enum { API_VERSION = 17, LOG_ERROR = 3, ARENA_ALLOCATOR = 1, DEFAULT_MEMORY = 0 };
enum { MOST_TENSORS = 16, MOST_DIMENSIONS = 8, MOST_THREADS = 64, WARM_UP_RUNS = 20 };
enum { STEPS = 64, STEP_BITS = 6, OCTAVES = 48 };  // of the histogram: 64 steps from a power of two to the next

typedef void *Ptr;
typedef Ptr Status;  // NULL is success

typedef struct {
  char *name;
  int type;
  int64_t shape[MOST_DIMENSIONS];
  size_t rank, bytes;
  Ptr data;
} Input;

typedef struct {
  pthread_t thread;
  uint64_t runs, nanos[STEPS * OCTAVES];
} Worker;

static Ptr *api;
static Ptr session, memory_info;
static Input inputs[MOST_TENSORS];
static const char *input_names[MOST_TENSORS], *output_names[MOST_TENSORS];
static size_t input_count, output_count;
static double seconds;
static pthread_barrier_t warm;

static void die(const char *what, const char *why) {
  fprintf(stderr, "loop: %s: %s\n", what, why);
  exit(1);
}

static void check(Status status) {
  if (status) die("onnxruntime", ((const char *(*)(Status))api[GET_ERROR_MESSAGE])(status));
}

static uint64_t nanos(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static int type_of(const char *datatype, size_t *size) {
  static const struct { const char *name; int type; size_t size; } types[] = {
      {"FP32", 1, 4}, {"INT32", 6, 4}, {"INT64", 7, 8}};  // ONNXTensorElementDataType
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (!strcmp(types[i].name, datatype)) {
      *size = types[i].size;
      return types[i].type;
    }
  }
  die(datatype, "no datatype of these models");
  return 0;
}

static void read_input(Input *input, char *text) {
  input->name = strtok(text, ":");
  char *datatype = strtok(NULL, ":"), *shape = strtok(NULL, ":"), *path = strtok(NULL, ":");
  if (!path) die("input", "must be NAME:DATATYPE:SHAPE:FILE");
  input->type = type_of(datatype, &input->bytes);
  for (char *size = strtok(shape, "x"); size && input->rank < MOST_DIMENSIONS; size = strtok(NULL, "x")) {
    input->shape[input->rank] = atoll(size);
    input->bytes *= input->shape[input->rank++];
  }
  input->data = malloc(input->bytes);
  FILE *file = fopen(path, "rb");
  if (!file || fread(input->data, 1, input->bytes, file) != input->bytes) die(path, "too short for its shape, or cannot be read");
  fclose(file);
}

static const char *load(const char *library, const char *model) {
  Ptr handle = dlopen(library, RTLD_NOW);
  if (!handle) die(library, dlerror());
  Ptr *base = ((Ptr(*)(void))dlsym(handle, "OrtGetApiBase"))();
  api = ((Ptr(*)(uint32_t))base[0])(API_VERSION);
  Ptr env, options, allocator;
  check(((Status(*)(int, const char *, Ptr *))api[CREATE_ENV])(LOG_ERROR, "loop", &env));
  check(((Status(*)(Ptr *))api[CREATE_SESSION_OPTIONS])(&options));
  check(((Status(*)(Ptr, int))api[SET_INTRA_OP_NUM_THREADS])(options, 1));
  check(((Status(*)(Ptr, int))api[SET_INTER_OP_NUM_THREADS])(options, 1));
  check(((Status(*)(Ptr, const char *, const char *))api[ADD_SESSION_CONFIG_ENTRY])(options, "session.intra_op.allow_spinning", "0"));
  check(((Status(*)(Ptr, const char *, Ptr, Ptr *))api[CREATE_SESSION])(env, model, options, &session));
  check(((Status(*)(int, int, Ptr *))api[CREATE_CPU_MEMORY_INFO])(ARENA_ALLOCATOR, DEFAULT_MEMORY, &memory_info));
  check(((Status(*)(Ptr *))api[GET_ALLOCATOR_WITH_DEFAULT_OPTIONS])(&allocator));
  check(((Status(*)(Ptr, size_t *))api[SESSION_GET_OUTPUT_COUNT])(session, &output_count));
  if (output_count > MOST_TENSORS) die(model, "too many outputs");
  for (size_t i = 0; i < output_count; i++)
    check(((Status(*)(Ptr, size_t, Ptr, const char **))api[SESSION_GET_OUTPUT_NAME])(session, i, allocator, &output_names[i]));
  return ((const char *(*)(void))base[1])();
}

static void run(Ptr *in, Ptr *out) {
  check(((Status(*)(Ptr, Ptr, const char **, Ptr *, size_t, const char **, size_t, Ptr *))api[RUN])(
      session, NULL, input_names, in, input_count, output_names, output_count, out));
}

static int step_of(uint64_t value) {
  if (value < STEPS) return value;
  int octave = 63 - __builtin_clzll(value) - STEP_BITS;
  return (octave + 1) * STEPS + (value >> octave) - STEPS;
}

static double middle_of(int step) {
  if (step < STEPS) return step;
  int octave = step / STEPS - 1;
  return ((double)(step % STEPS + STEPS) + 0.5) * (1ull << octave);
}

static void *work(void *argument) {
  Worker *worker = argument;
  Ptr in[MOST_TENSORS], out[MOST_TENSORS] = {0};  // the first run allocates the outputs, the others write into them
  for (size_t i = 0; i < input_count; i++)
    check(((Status(*)(Ptr, Ptr, size_t, int64_t *, size_t, int, Ptr *))api[CREATE_TENSOR_WITH_DATA])(
        memory_info, inputs[i].data, inputs[i].bytes, inputs[i].shape, inputs[i].rank, inputs[i].type, &in[i]));
  for (int i = 0; i < WARM_UP_RUNS; i++) run(in, out);
  pthread_barrier_wait(&warm);
  uint64_t begin = nanos(CLOCK_MONOTONIC), end = begin + (uint64_t)(seconds * 1e9);
  while (begin < end) {
    run(in, out);
    uint64_t now = nanos(CLOCK_MONOTONIC);
    worker->nanos[step_of(now - begin)]++;
    worker->runs++;
    begin = now;
  }
  return NULL;
}

static double percentile(const uint64_t *counts, uint64_t all, double percent) {
  uint64_t wanted = all * percent / 100, seen = 0;
  int step = 0;
  while (step < STEPS * OCTAVES - 1 && (seen += counts[step]) <= wanted) step++;
  return middle_of(step) / 1e6;
}

static double resident_megabytes(void) {
  long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (!file || fscanf(file, "%*d %ld", &pages) != 1) die("/proc/self/statm", "cannot be read");
  fclose(file);
  return pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

int main(int count, char **words) {
  int threads = count > 5 ? atoi(words[3]) : 0;
  if (threads < 1 || threads > MOST_THREADS || count > 5 + MOST_TENSORS) {
    fprintf(stderr, "usage: loop LIBRARY MODEL THREADS SECONDS NAME:DATATYPE:SHAPE:FILE...\n");
    return 2;
  }
  seconds = atof(words[4]);
  for (int i = 5; i < count; i++, input_count++) {
    read_input(&inputs[input_count], words[i]);
    input_names[input_count] = inputs[input_count].name;
  }
  const char *version = load(words[1], words[2]);
  Worker *workers = calloc(threads, sizeof *workers);
  pthread_barrier_init(&warm, NULL, threads + 1);
  for (int i = 0; i < threads; i++) pthread_create(&workers[i].thread, NULL, work, &workers[i]);
  pthread_barrier_wait(&warm);
  uint64_t cpu = nanos(CLOCK_PROCESS_CPUTIME_ID), begin = nanos(CLOCK_MONOTONIC);
  for (int i = 0; i < threads; i++) pthread_join(workers[i].thread, NULL);
  double wall = nanos(CLOCK_MONOTONIC) - begin, used = nanos(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  for (int i = 1; i < threads; i++) {
    workers[0].runs += workers[i].runs;
    for (int step = 0; step < STEPS * OCTAVES; step++) workers[0].nanos[step] += workers[i].nanos[step];
  }
  uint64_t runs = workers[0].runs;
  printf("%.6f %.6f %.3f %.6f %.1f %s\n", percentile(workers[0].nanos, runs, 50), percentile(workers[0].nanos, runs, 99),
         runs / wall * 1e9, used / runs / 1e6, resident_megabytes(), version);
  return 0;
}
