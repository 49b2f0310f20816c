/* Records on a disk whose loss would be noticed: numbered from 1, checksummed, in a ring over the disk's start. */
#pragma once
#include <stdint.h>

enum { RECORD = 512, CHUNK = 128 << 10, PAGE = 4096 };

struct record {
    char magic[8];
    uint64_t sequence;
    uint64_t monotonic_nanos;
    unsigned char filling[RECORD - 32];
    uint64_t checksum;
};

struct span {
    uint64_t last; /* the highest sequence found; 0 for none */
    uint64_t gaps; /* how many of those before it that the ring must still hold are missing or damaged */
    int foreign;   /* whether the disk starts with what is neither a record nor empty */
};

void fill(struct record *record, uint64_t sequence);

/* Reads the ring of that many bytes (a multiple of CHUNK) whole; 0 or an errno. */
int read_back(int file, uint64_t bytes, struct span *span);

/* Of the whole disk, as the kernel knows it now; 0 without one. */
uint64_t size_of(const char *disk);
