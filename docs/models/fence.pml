/*
 * The lease on the pool, the watchdog, the fence and the start elsewhere. Discrete time: one tick is 5 s.
 *
 * MIRRORS lpm.hostagent.lease (HostLease, RecordLease), the watchdog of lpm.hostagent.hypervisor.xen and of simulated-xen,
 * lpm.storage.fence (FenceDecider, FenceTimes), lpm.scheduler.host (HostsWatcher); decision 0009.
 *
 * MODELLED  one host with one running guest, and any number of others that may act. Faults, each at any tick; cuts and stops may end:
 *   kafkaCut    heartbeats are not heard           poolCut    no renewal passes        off  the power
 *   agentStops  the agent stands still             dom0Stops  all of dom0 stands still, its guests run on
 *   slow        a renewal is applied up to SLOW ticks after it was sent, and its answer heard up to SLOW ticks after that
 *   Renewal: one under way at most; sent, applied by compare-and-set, heard. The watchdog is told the age since the SENDING.
 *   Watchdog, outside dom0: pauses the guest when that age reaches WATCHDOG, within STOPPING ticks; a renewal heard in time wakes it,
 *   a lease known to be revoked destroys it. DEVICE=n: it counts n ticks from the HEARING, but resets the host at once, and no renewal wakes it.
 *   Fence: after SILENCE without a heartbeat, if the lease was not renewed for WATCHDOG (DECLARED_DEAD=1: at once). Revoked first;
 *   confirmed, and the guest started elsewhere, when STOPPED has passed since the last renewal applied.
 *   The agent that acts sees a lease's age from its own first look, so it knows less than the true age taken here: this is the worst.
 * CHECKED  never two running copies; with ONLY_KAFKA=1 (nothing but Kafka is cut): the guest is never stopped nor started elsewhere.
 * LIMITS  one pool; one registration (a newer one first takes all devices off, decision 0014); ages above their last threshold are one.
 */
#ifndef MUTANT
#define MUTANT none
#endif
#define none 0
#define from_answer 1     /* the watchdog counts from the answer */
#define blind_renewal 2   /* a renewal overwrites a revocation */
#define inside_dom0 3     /* the watchdog stands still with dom0 */
#define watchdog_dies 4
#define lease_unasked 5   /* a silent host is fenced whatever the age of its lease */
#define no_wait 6         /* confirmed as soon as it is revoked */
#define IS(m) (MUTANT == m)

#ifndef WATCHDOG
#define WATCHDOG 4
#endif
#ifndef STOPPED
#define STOPPED 6
#endif
#define SILENCE 2
#ifndef STOPPING
#define STOPPING 1
#endif
#ifndef SLOW
#define SLOW 3
#endif
#ifndef DECLARED_DEAD
#define DECLARED_DEAD 0
#endif
#ifndef DEVICE
#define DEVICE 0
#endif
#ifndef ONLY_KAFKA
#define ONLY_KAFKA 0
#endif

#define LIMIT (DEVICE > 0 -> DEVICE : WATCHDOG)

#define noRenewal 0
#define sent 1
#define applied 2
#define refused 3

bool kafkaCut, poolCut, off, agentStops, dom0Stops, watchdogDead;
byte renewal = noRenewal, late = 0;
byte sinceSent = 0, sinceCounted = 0, sinceApplied = 0, sinceHeard = 0, stopping = 0;   /* ages, in ticks */
bool revoked, confirmed, knowsRevoked, isPaused;
bool here = true, elsewhere = false, touched = false;

#define ALIVE (!off && !agentStops && !dom0Stops)
#define RUNS_HERE (here && !isPaused)
#define AGE(x, last) x = (x < last -> x + 1 : x)

inline faults() {
  if :: kafkaCut = !kafkaCut :: skip fi;
#if !ONLY_KAFKA
  if :: poolCut = !poolCut :: skip fi;
  if :: agentStops = !agentStops :: skip fi;
  if :: dom0Stops = !dom0Stops :: skip fi;
  if :: !off && !elsewhere -> off = true; here = false; renewal = noRenewal :: skip fi;
  if :: IS(watchdog_dies) -> watchdogDead = true :: skip fi;
#endif
}

inline renew() {
  if :: renewal == noRenewal && ALIVE && !poolCut && !knowsRevoked -> renewal = sent; sinceSent = 0; late = 0 :: else fi;
  if
  :: renewal == sent ->
       if
       :: revoked && !IS(blind_renewal) -> renewal = refused
       :: !revoked || IS(blind_renewal) -> renewal = applied; late = 0; sinceApplied = (confirmed -> sinceApplied : 0)
       :: !ONLY_KAFKA && late < SLOW -> late++
       fi
  :: else
  fi;
  if
  :: renewal == refused && ALIVE && !poolCut -> knowsRevoked = true; renewal = noRenewal
  :: renewal == applied && ALIVE && !poolCut ->
       if
       :: sinceCounted = (DEVICE > 0 || IS(from_answer) -> 0 : sinceSent); renewal = noRenewal;
            if :: !DEVICE && sinceCounted < WATCHDOG -> isPaused = false :: else fi
       :: !ONLY_KAFKA && late < SLOW -> late++
       fi
  :: else
  fi
}

inline watch() {
  if
  :: here && !isPaused && !watchdogDead && !(IS(inside_dom0) && dom0Stops) && (sinceCounted >= LIMIT || knowsRevoked) ->
       if
       :: stopping < STOPPING && !DEVICE -> stopping++
       :: stopping = 0; touched = true;
            if :: !DEVICE && !knowsRevoked -> isPaused = true :: else -> here = false; off = (DEVICE > 0 -> true : off) fi
       fi
  :: else -> stopping = 0
  fi;
  if :: here && isPaused && knowsRevoked -> here = false :: else fi
}

inline fence() {
  if
  :: !revoked && sinceHeard >= SILENCE && (DECLARED_DEAD || IS(lease_unasked) || sinceApplied >= WATCHDOG) ->
       if :: revoked = true :: skip fi
  :: else
  fi;
  if :: revoked && !confirmed && (sinceApplied >= STOPPED || IS(no_wait)) -> confirmed = true; elsewhere = true :: else fi
}

active proctype World() {
  do
  :: atomic {
       faults();
       if :: ALIVE && !kafkaCut -> sinceHeard = 0 :: else fi;
       renew(); watch(); fence();
       assert(!(RUNS_HERE && elsewhere));
#if ONLY_KAFKA
       assert(!touched && !elsewhere);
#endif
       AGE(sinceCounted, WATCHDOG); AGE(sinceApplied, STOPPED); AGE(sinceHeard, SILENCE);
       if :: renewal == noRenewal -> sinceSent = 0; late = 0 :: renewal == refused -> sinceSent = 0; late = 0
          :: else -> AGE(sinceSent, WATCHDOG) fi
     }
  od
}
