#define _GNU_SOURCE
#include "records.h"
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char MAGIC[8] = {'L', 'P', 'M', 'L', 'A', 'B', '0', '1'};

static uint64_t checksum(const struct record *record) { /* FNV-1a, by words */
    uint64_t sum = 0xcbf29ce484222325u, word;
    for (size_t i = 0; i < offsetof(struct record, checksum); i += sizeof word) {
        memcpy(&word, (const char *)record + i, sizeof word);
        sum = (sum ^ word) * 0x100000001b3u;
    }
    return sum;
}

void fill(struct record *record, uint64_t sequence) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    memcpy(record->magic, MAGIC, sizeof MAGIC);
    record->sequence = sequence;
    record->monotonic_nanos = now.tv_sec * 1000000000ull + now.tv_nsec;
    for (size_t i = 0; i < sizeof record->filling; i++) {
        record->filling[i] = (unsigned char)(sequence * 31 + i);
    }
    record->checksum = checksum(record);
}

/* The valid sequence in each slot; 0 where there is none. */
static int read_slots(int file, uint64_t bytes, uint64_t *slots, int *foreign) {
    uint64_t count = bytes / RECORD;
    char *chunk = aligned_alloc(PAGE, CHUNK);
    int result = 0;
    for (uint64_t at = 0; at < bytes && result == 0; at += CHUNK) {
        errno = 0;
        if (pread(file, chunk, CHUNK, at) != CHUNK) {
            result = errno ? errno : EIO;
            break;
        }
        for (uint64_t i = 0; i < CHUNK / RECORD; i++) {
            const struct record *record = (const struct record *)(chunk + i * RECORD);
            uint64_t slot = at / RECORD + i;
            int ours = memcmp(record->magic, MAGIC, sizeof MAGIC) == 0;
            if (slot == 0 && !ours && memcmp(record->magic, "\0\0\0\0\0\0\0\0", sizeof MAGIC) != 0) {
                *foreign = 1;
            }
            if (ours && record->checksum == checksum(record) && record->sequence % count == slot) {
                slots[slot] = record->sequence;
            }
        }
    }
    free(chunk);
    return result;
}

int read_back(int file, uint64_t bytes, struct span *span) {
    uint64_t count = bytes / RECORD, present = 0;
    uint64_t *slots = calloc(count, sizeof *slots);
    memset(span, 0, sizeof *span);
    int result = read_slots(file, bytes, slots, &span->foreign);
    for (uint64_t i = 0; i < count; i++) {
        span->last = slots[i] > span->last ? slots[i] : span->last;
    }
    uint64_t expected = span->last < count ? span->last : count;
    for (uint64_t i = 0; i < count; i++) {
        present += slots[i] > span->last - expected;
    }
    span->gaps = expected - present;
    free(slots);
    return result;
}

uint64_t size_of(const char *disk) {
    char path[64];
    unsigned long long sectors = 0;
    snprintf(path, sizeof path, "/sys/class/block/%s/size", disk);
    FILE *file = fopen(path, "re");
    if (file != NULL) {
        sectors = fscanf(file, "%llu", &sectors) == 1 ? sectors : 0;
        fclose(file);
    }
    return sectors * 512;
}
