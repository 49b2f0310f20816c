// Questions to Xen that its own tools answer slowly or not at all.
//
//   lpm-xen list              every domain, in the columns of `xl list -v` (which starts ten times as many libraries);
//                             a domain of ours is named by its UUID, which holds the Linode's number
//   lpm-xen dirty ID MILLIS   how many MiB a second the domain writes to, from Xen's log of dirty pages
//   lpm-xen watch MILLIS      looks so often, until it is ended: a line for each domain of ours that came, went, began
//                             or ceased to be able to run, for each of them four times a second, and one that shows
//                             that it looks: SECONDS SECONDS-OF-THE-LOOK-BEFORE NAME DOMAIN FLAGS CPU; the latter has
//                             name -, domain -1 and last the longest time between two looks since the one before
//
// Build: cc -O2 -o lpm-xen lpm-xen.c -lxenctrl (Debian: libxen-dev)
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xenctrl.h>

static const unsigned char OURS[8] = {0x6c, 0x70, 0x6d, 0x00, 0x00, 0x00, 0x40, 0x00};
enum { MAX_DOMAINS = 1024, MAX_WATCHED = 64 };

static void name(const unsigned char *uuid, char *out, size_t size) {
  if (memcmp(uuid, OURS, sizeof OURS) != 0) {
    snprintf(out, size, "-");
    return;
  }
  uint64_t linode = uuid[8] & 0x3f;
  for (int i = 9; i < 16; i++) linode = linode << 8 | uuid[i];
  snprintf(out, size, "linode-%" PRIu64, linode);
}

static void flags(const xc_dominfo_t *d, char out[7]) {
  snprintf(out, 7, "%c%c%c%c%c%c", d->running ? 'r' : '-', d->blocked ? 'b' : '-', d->paused ? 'p' : '-',
           d->shutdown ? 's' : '-', d->crashed ? 'c' : '-', d->dying ? 'd' : '-');
}

static int list(xc_interface *xen) {
  static xc_dominfo_t all[MAX_DOMAINS];
  int count = xc_domain_getinfo(xen, 0, MAX_DOMAINS, all);
  if (count < 0) {
    perror("xc_domain_getinfo");
    return 1;
  }
  for (int i = 0; i < count; i++) {
    xc_dominfo_t *d = &all[i];
    char called[32], shown[7], reason[16] = "-";
    name(d->handle, called, sizeof called);
    flags(d, shown);
    if (d->shutdown) snprintf(reason, sizeof reason, "%u", d->shutdown_reason);
    printf("%s %u %lu %u %s %.3f - %s -\n", called, d->domid, d->nr_pages >> 8, d->nr_online_vcpus, shown,
           (double)d->cpu_time / 1e9, reason);
  }
  return 0;
}

struct seen {
  uint32_t id;
  char name[32], flags[7];
  double cpu;
};

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int may_run(const struct seen *domain) { return strpbrk(domain->flags, "pscd") == NULL; }

static int look(xc_interface *xen, struct seen *out) {
  static xc_dominfo_t all[MAX_WATCHED]; // few, since the size is what a look costs
  int count = xc_domain_getinfo(xen, 0, MAX_WATCHED, all), ours = 0;
  for (int i = 0; i < count; i++) {
    const xc_dominfo_t *d = &all[i];
    if (memcmp(d->handle, OURS, sizeof OURS) != 0) continue;
    struct seen *to = &out[ours++];
    to->id = d->domid;
    name(d->handle, to->name, sizeof to->name);
    flags(d, to->flags);
    to->cpu = (double)d->cpu_time / 1e9;
  }
  return count < 0 ? -1 : ours;
}

static const struct seen *find(const struct seen *in, int count, uint32_t id) {
  for (int i = 0; i < count; i++)
    if (in[i].id == id) return &in[i];
  return NULL;
}

static int watch(xc_interface *xen, unsigned millis) {
  static struct seen looks[2][MAX_WATCHED];
  const double every = 0.25;
  struct sched_param first = {.sched_priority = 1};
  // a look that comes late is a look that is missing
  sched_setscheduler(0, SCHED_FIFO, &first);
  setvbuf(stdout, NULL, _IOLBF, 1 << 16);
  struct timespec pause = {millis / 1000, (long)(millis % 1000) * 1000000};
  double last = seconds(), told = 0, longest = 0;
  for (int turn = 0, before = 0;; turn = !turn) {
    double now = seconds();
    struct seen *new = looks[turn], *old = looks[!turn];
    int count = look(xen, new);
    if (count < 0) {
      perror("xc_domain_getinfo");
      return 1;
    }
    longest = now - last > longest ? now - last : longest;
    int all = now - told >= every;
    for (int i = 0; i < count; i++) {
      const struct seen *was = find(old, before, new[i].id);
      if (all || was == NULL || may_run(was) != may_run(&new[i]))
        printf("%.4f %.4f %s %u %s %.4f\n", now, last, new[i].name, new[i].id, new[i].flags, new[i].cpu);
    }
    for (int i = 0; i < before; i++)
      if (find(new, count, old[i].id) == NULL)
        printf("%.4f %.4f %s %u gone %.4f\n", now, last, old[i].name, old[i].id, old[i].cpu);
    if (all) {
      printf("%.4f %.4f - -1 alive %.4f\n", now, last, longest);
      told = now;
      longest = 0;
    }
    if (ferror(stdout)) return 1;
    last = now;
    before = count;
    nanosleep(&pause, NULL);
  }
}

static int dirty(xc_interface *xen, uint32_t domain, unsigned millis) {
  xc_shadow_op_stats_t stats = {0};
  xen_pfn_t highest = 0;
  if (xc_domain_maximum_gpfn(xen, domain, &highest) < 0) {
    perror("xc_domain_maximum_gpfn");
    return 1;
  }
  unsigned long pages = highest + 1;
  DECLARE_HYPERCALL_BUFFER(unsigned long, bitmap);
  bitmap = xc_hypercall_buffer_alloc_pages(xen, bitmap, (pages / 8 + XC_PAGE_SIZE) / XC_PAGE_SIZE);
  // Whoever asked may be gone meanwhile; a log that is left on would make the next migration fail.
  signal(SIGHUP, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, SIG_IGN);
  // Somebody who logs already is migrating it: then this must not end their log.
  if (bitmap == NULL || xc_shadow_control(xen, domain, XEN_DOMCTL_SHADOW_OP_ENABLE_LOGDIRTY, NULL, 0) < 0) {
    perror("log of dirty pages");
    return 1;
  }
  int bad = xc_logdirty_control(xen, domain, XEN_DOMCTL_SHADOW_OP_CLEAN, HYPERCALL_BUFFER(bitmap), pages, 0, NULL) < 0;
  usleep(millis * 1000);
  bad |= xc_logdirty_control(xen, domain, XEN_DOMCTL_SHADOW_OP_PEEK, HYPERCALL_BUFFER(bitmap), pages, 0, &stats) < 0;
  bad |= xc_shadow_control(xen, domain, XEN_DOMCTL_SHADOW_OP_OFF, NULL, 0) < 0;
  if (!bad) printf("%.3f\n", stats.dirty_count / 256.0 * 1000 / millis);
  return bad;
}

int main(int argc, char **argv) {
  xc_interface *xen = xc_interface_open(NULL, NULL, 0);
  if (xen == NULL) {
    fprintf(stderr, "Xen is not reached: run this in dom0, as root\n");
    return 1;
  }
  if (argc == 2 && strcmp(argv[1], "list") == 0) return list(xen);
  if (argc == 4 && strcmp(argv[1], "dirty") == 0) return dirty(xen, (uint32_t)atoi(argv[2]), (unsigned)atoi(argv[3]));
  if (argc == 3 && strcmp(argv[1], "watch") == 0) return watch(xen, (unsigned)atoi(argv[2]));
  fprintf(stderr, "usage: lpm-xen list | lpm-xen dirty DOMAIN MILLISECONDS | lpm-xen watch MILLISECONDS\n");
  return 2;
}
