// What HTTP itself takes: a server that reads a request, whatever it is, and gives an answer that is always the same.
// usage: floor PORT BYTES    BYTES: of the answer's body
//
// Each connection has a thread. A request's body is as long as its Content-Length says.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_HEADERS = 1 << 14, AT_ONCE = 1 << 16, WAITING = 128 };

static char *answer;
static size_t answer_size;

static void need(int done, const char *what) {
  if (!done) {
    perror(what);
    exit(1);
  }
}

static int send_answer(int connection) {
  for (size_t sent = 0; sent < answer_size;) {
    ssize_t part = write(connection, answer + sent, answer_size - sent);
    if (part <= 0) return 0;
    sent += part;
  }
  return 1;
}

static void *serve(void *argument) {
  int connection = (int)(long)argument;
  char *text = malloc(MOST_HEADERS + AT_ONCE + 1);
  for (size_t have = 0;;) {
    char *body = NULL;
    while (!body) {
      ssize_t part = have < MOST_HEADERS ? read(connection, text + have, AT_ONCE) : -1;
      if (part <= 0) goto end;
      have += part;
      text[have] = 0;
      body = strstr(text, "\r\n\r\n");
    }
    char *length = strcasestr(text, "\r\ncontent-length:");
    size_t left = length && length < body ? strtoul(length + 17, NULL, 10) : 0;
    left -= have - (body + 4 - text);
    while (left > 0) {
      ssize_t part = read(connection, text, left < AT_ONCE ? left : AT_ONCE);
      if (part <= 0) goto end;
      left -= part;
    }
    if (!send_answer(connection)) goto end;
    have = 0;
  }
end:
  close(connection);
  free(text);
  return NULL;
}

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: floor PORT BYTES\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  size_t body = strtoul(arguments[2], NULL, 10);
  answer = calloc(1, body + 128);
  answer_size = sprintf(answer, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", body) + body;
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  need(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "floor: bind");
  need(listen(listener, WAITING) == 0, "floor: listen");
  for (;;) {
    int connection = accept(listener, NULL, NULL);
    need(connection >= 0, "floor: accept");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    pthread_t thread;
    need(pthread_create(&thread, NULL, serve, (void *)(long)connection) == 0, "floor: thread");
    pthread_detach(thread);
  }
}
