/*
 * The guest's only program: shows from outside that the guest runs (ticks), keeps memory changing (dirtier) and keeps
 * writing records whose loss would be noticed (writers). It never forks, since forks are slow under emulation.
 *
 * Sends to the gateway's UDP port 5555, one line in each packet, starting with the guest's address:
 *   TICK n uptime | ACK disk sequence | WRITE-ERROR disk sequence errno | FOUND disk last gaps | SIZE disk bytes
 * Takes on UDP port 5556: dirty MIB_PER_SECOND | write MILLISECONDS_BETWEEN | verify | poweroff | reboot
 * Console: TICK n uptime each 100 ms (a counter of its own), and all but TICK and ACK of the above.
 * Kernel command line: ip=ADDRESS::GATEWAY..., lab.dirty=N, lab.dirty.set=MIB, lab.write=MILLISECONDS
 */
#define _GNU_SOURCE
#include "records.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <time.h>
#include <unistd.h>

enum { ROOT_BYTES = 2 << 20, DISK_BYTES = 8 << 20 };
enum { OUT_PORT = 5555, IN_PORT = 5556, CONSOLE_TICK_MS = 100, NET_TICK_MS = 25, DIRTY_SLICE_MS = 20, RETRY_MS = 200 };

struct writer {
    const char *name;
    const char *path;
    uint64_t bytes; /* how much of the disk is used: a ring of records */
    atomic_int verify;
};

static int out = -1;
static struct sockaddr_in gateway;
static char self[INET_ADDRSTRLEN] = "";
static atomic_long dirty_mib, dirty_set_mib = 32, write_pause_ms = 100;
static atomic_int stopping;

static struct writer writers[] = {
    {"xvda", "/var/lib/lab/records", ROOT_BYTES, 0}, {"xvdb", "/dev/xvdb", DISK_BYTES, 0},
    {"xvdc", "/dev/xvdc", DISK_BYTES, 0},            {"xvdd", "/dev/xvdd", DISK_BYTES, 0},
    {"xvde", "/dev/xvde", DISK_BYTES, 0},            {"xvdf", "/dev/xvdf", DISK_BYTES, 0},
    {"xvdg", "/dev/xvdg", DISK_BYTES, 0},            {"xvdh", "/dev/xvdh", DISK_BYTES, 0},
};
enum { WRITERS = sizeof writers / sizeof *writers };

static void nap(long milliseconds) {
    struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&pause, NULL);
}

static double uptime(void) {
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void send_line(const char *line) {
    char packet[256];
    int length = snprintf(packet, sizeof packet, "%s %s\n", self, line);
    if (out >= 0) {
        sendto(out, packet, length, MSG_DONTWAIT, (struct sockaddr *)&gateway, sizeof gateway);
    }
}

__attribute__((format(printf, 2, 3))) static void tell(int console, const char *format, ...) {
    char line[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    send_line(line);
    if (console) {
        dprintf(STDOUT_FILENO, "%s\n", line);
    }
}

/* --- ticks ---------------------------------------------------------------------------------------------------- */

static void next_beat(struct timespec *beat, long milliseconds) {
    beat->tv_nsec += milliseconds * 1000000;
    beat->tv_sec += beat->tv_nsec / 1000000000;
    beat->tv_nsec %= 1000000000;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec > beat->tv_sec + 1) {
        *beat = now; /* far behind: go on from here instead of a burst */
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, beat, NULL);
}

static void *tick_console(void *unused) {
    (void)unused;
    struct timespec beat;
    clock_gettime(CLOCK_MONOTONIC, &beat);
    for (unsigned long n = 0;; n++) {
        dprintf(STDOUT_FILENO, "TICK %lu %.3f\n", n, uptime());
        next_beat(&beat, CONSOLE_TICK_MS);
    }
    return NULL;
}

static void *tick_net(void *unused) {
    (void)unused;
    struct timespec beat;
    clock_gettime(CLOCK_MONOTONIC, &beat);
    for (unsigned long n = 0;; n++) {
        tell(0, "TICK %lu %.3f", n, uptime());
        next_beat(&beat, NET_TICK_MS);
    }
    return NULL;
}

/* --- dirtier --------------------------------------------------------------------------------------------------- */

static void *dirtier(void *unused) {
    (void)unused;
    size_t pages = 0, at = 0;
    unsigned char *memory = NULL;
    struct timespec beat;
    clock_gettime(CLOCK_MONOTONIC, &beat);
    for (;;) {
        long mib = dirty_mib;
        if (mib > 0 && memory == NULL) {
            pages = (size_t)dirty_set_mib * (1 << 20) / PAGE;
            memory = aligned_alloc(PAGE, pages * PAGE);
        }
        if (memory != NULL) {
            for (long left = mib * (1 << 20) / PAGE * DIRTY_SLICE_MS / 1000; left > 0; left--) {
                ++*(volatile uint64_t *)(memory + at * PAGE);
                at = (at + 1) % pages;
            }
        }
        next_beat(&beat, mib > 0 ? DIRTY_SLICE_MS : RETRY_MS);
    }
    return NULL;
}

/* --- writers --------------------------------------------------------------------------------------------------- */

static int open_disk(const struct writer *writer) {
    int file = open(writer->path, O_RDWR | O_DIRECT | O_DSYNC | O_CLOEXEC);
    if (file < 0 && errno == ENOENT && writer->bytes == ROOT_BYTES) {
        file = open(writer->path, O_RDWR | O_CREAT | O_DIRECT | O_DSYNC | O_CLOEXEC, 0600);
        char *zeros = aligned_alloc(PAGE, ROOT_BYTES);
        memset(zeros, 0, ROOT_BYTES);
        if (file >= 0 && pwrite(file, zeros, ROOT_BYTES, 0) != ROOT_BYTES) {
            tell(1, "WRITE-ERROR %s 0 %d", writer->name, errno);
        }
        free(zeros);
    }
    return file;
}

/* One turn with the disk open: it is closed in between, so that a detach is not held up. */
static void turn(struct writer *writer, int file, uint64_t *next, uint64_t *known_size, struct record *record) {
    uint64_t size = size_of(writer->name);
    if (size < CHUNK) {
        return;
    }
    uint64_t bytes = size < writer->bytes ? size / CHUNK * CHUNK : writer->bytes;
    if (size != *known_size) {
        *known_size = size;
        tell(1, "SIZE %s %llu", writer->name, (unsigned long long)size);
    }
    if (*next == 0 || atomic_exchange(&writer->verify, 0)) {
        struct span span;
        int error = read_back(file, bytes, &span);
        if (error != 0 || span.foreign) {
            tell(1, error != 0 ? "READ-ERROR %s %d" : "FOREIGN %s %d", writer->name, error);
            nap(1000);
            return;
        }
        tell(1, "FOUND %s %llu %llu", writer->name, (unsigned long long)span.last, (unsigned long long)span.gaps);
        *next = *next == 0 ? span.last + 1 : *next;
    }
    fill(record, *next);
    errno = 0;
    if (pwrite(file, record, RECORD, *next % (bytes / RECORD) * RECORD) == RECORD) {
        tell(0, "ACK %s %llu", writer->name, (unsigned long long)*next);
        ++*next;
    } else {
        tell(1, "WRITE-ERROR %s %llu %d", writer->name, (unsigned long long)*next, errno);
        nap(500);
    }
}

static void *write_records(void *argument) {
    struct writer *writer = argument;
    struct record *record = aligned_alloc(PAGE, PAGE);
    uint64_t next = 0, size = 0;
    while (!stopping) {
        int file = open_disk(writer);
        if (file < 0) {
            if (errno == ENOENT || errno == ENXIO || errno == ENODEV) {
                next = size = 0; /* gone: what comes next may be another disk */
            }
            nap(RETRY_MS);
            continue;
        }
        turn(writer, file, &next, &size, record);
        close(file);
        nap(write_pause_ms);
    }
    return NULL;
}

/* --- the start ------------------------------------------------------------------------------------------------- */

static void on_term(int signal) {
    (void)signal;
    stopping = 1;
}

static void read_settings(void) {
    char line[2048] = "", *rest = line;
    FILE *file = fopen("/proc/cmdline", "r");
    if (file == NULL || fgets(line, sizeof line, file) == NULL) {
        perror("/proc/cmdline");
        return;
    }
    fclose(file);
    line[strcspn(line, "\n")] = 0;
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        char *at = word + 3;
        if (strncmp(word, "ip=", 3) == 0) {
            snprintf(self, sizeof self, "%s", strsep(&at, ":"));
            strsep(&at, ":"); /* nobody serves its root */
            const char *router = strsep(&at, ":");
            gateway.sin_family = AF_INET;
            gateway.sin_port = htons(OUT_PORT);
            if (router != NULL && inet_pton(AF_INET, router, &gateway.sin_addr) == 1) {
                out = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            }
        } else if (strncmp(word, "lab.dirty=", 10) == 0) {
            dirty_mib = atol(word + 10);
        } else if (strncmp(word, "lab.dirty.set=", 14) == 0 && atol(word + 14) > 0) {
            dirty_set_mib = atol(word + 14);
        } else if (strncmp(word, "lab.write=", 10) == 0 && atol(word + 10) > 0) {
            write_pause_ms = atol(word + 10);
        }
    }
}

/* By its own wish, as a user of the guest would. */
static void leave(int how) {
    stopping = 1;
    nap(300);
    sync();
    dprintf(STDOUT_FILENO, "LPM GUEST LEAVES\n");
    reboot(how);
}

static void take_orders(void) {
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(IN_PORT)};
    int in = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (in < 0 || bind(in, (struct sockaddr *)&any, sizeof any) != 0) {
        perror("UDP port 5556");
        for (;;) pause();
    }
    for (;;) {
        char order[100] = "";
        if (recv(in, order, sizeof order - 1, 0) <= 0) {
            continue;
        }
        if (strncmp(order, "dirty ", 6) == 0) {
            dirty_mib = atol(order + 6);
        } else if (strncmp(order, "write ", 6) == 0 && atol(order + 6) > 0) {
            write_pause_ms = atol(order + 6);
        } else if (strncmp(order, "verify", 6) == 0) {
            for (int i = 0; i < WRITERS; i++) writers[i].verify = 1;
        } else if (strncmp(order, "poweroff", 8) == 0 || strncmp(order, "reboot", 6) == 0) {
            leave(order[0] == 'p' ? RB_POWER_OFF : RB_AUTOBOOT);
        }
    }
}

int main(void) {
    struct sigaction term = {.sa_handler = on_term};
    sigaction(SIGTERM, &term, NULL);
    signal(SIGCHLD, SIG_IGN);
    read_settings();
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64 << 10);
    pthread_t thread;
    pthread_create(&thread, &small, tick_console, NULL);
    pthread_create(&thread, &small, tick_net, NULL);
    pthread_create(&thread, &small, dirtier, NULL);
    for (int i = 0; i < WRITERS; i++) {
        pthread_create(&thread, &small, write_records, &writers[i]);
    }
    take_orders();
}
