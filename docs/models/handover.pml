/*
 * The hand-over of one Linode between three hosts, tried again, with crashes, fences, new registrations and recovery.
 *
 * MIRRORS lpm.migration.live (MigrationDecider, Handover, Completion, MigrationProcess), lpm.scheduler.linode
 * (LinodeMoves, LinodePlacing) with lpm.scheduler.recovery, and the agent's intake; architecture 2.13, rules 1 and 2.
 *
 * MODELLED
 *   Linodes    the Linode decider: opens at most MOVES migrations, one after the other; recovers after an outcome or a loss
 *   Attempts   the Migration decider: Preparing -> Window -> Committed -> completed | aborted | lost
 *   Libvirt    copy, suspend, whole copy paused at the target, finish; its reply arrives (source destroyed) or is lost
 *              (the source resumes BY ITSELF, the target stays paused); the stream fails; its daemon dies
 *   Agent(h)   one queue of orders per host; an order may come again later, even after newer ones; the agent may die
 *              having journalled an order and done nothing
 *   World      HOST_FAILURES power-offs or fences of live hosts, at any time; then a fence, or a new registration
 *   Facts told by hosts are flags that stay set and are read at any later time: any delay, duplicates included.
 *   A fence is one step here (domains stopped, host shut out); fence.pml proves that step.
 * CHECKED  never two running copies; no owner epoch is issued twice; whenever nothing can go on: exactly one copy runs, it is
 *   where the Linode decider believes it, at its epoch, obeys orders of that epoch, and no migration is open.
 * LIMITS  live moves only; PrepareIncoming, storage's steps, cancels by customers (like a failed stream) and slow copies are left
 *   out; only ResumeLinode is ordered again. Livelock is not looked for.
 */
#ifndef MUTANT
#define MUTANT none
#endif
#define none 0
#define targets_word 1       /* commits on the target's word */
#define recover_open 2       /* recovers while a migration is open */
#define lost_by_time 3       /* takes silence of the target for a loss */
#define no_numbers 4         /* the agent does an order again that comes again */
#define any_migration 5      /* ResumeLinode wakes the copy of another migration */
#define epoch_plus_one 6     /* a recovery takes the owner epoch + 1, not the next one never issued */
#define send_next_epoch 7    /* SendLinode carries the next epoch, not the source's own */
#define loss_forgotten 8     /* a target lost while the migration was open is not looked at once it is completed */
#define abort_on_target 9    /* the window is ended by the failure of the target */
#define anew_ignored 10      /* a host registered anew is no reason to recover */
#define suspended_ignored 11 /* a suspended source without a job is no reason to abort */
#define incomplete_ignored 12 /* a copy that is not whole is asked about for ever after the commit */
#define IS(m) (MUTANT == m)

#ifndef HOST_FAILURES
#define HOST_FAILURES 1
#endif
#ifndef MOVES
#define MOVES 2
#endif
#ifndef AGAIN
#define AGAIN 1         /* orders delivered twice */
#endif
#ifndef DEATHS
#define DEATHS 1        /* of agents and of libvirt's daemon */
#endif
#define QUEUE 3
#define NOBODY 7        /* no migration */

/* a domain: what a host has of the Linode */
#define absent 0
#define running 1
#define suspended 2
#define incomplete 3
#define paused 4

/* a migration */
#define preparing 1
#define window 2
#define committed 3
#define completed 4
#define aborted 5
#define lost 6

mtype = { SendLinode, ResumeLinode, CancelIncoming, BootLinode, EnsureRunning };

chan orders[3] = [QUEUE] of { mtype, byte, byte, byte, bool };  /* order, migration, owner epoch, host epoch, comes again */
#define ROOM(h) (len(orders[h]) < QUEUE)

bool up[3] = true; byte hostEpoch[3] = 1; byte fencedEpoch[3] = 0;
byte domain[3]; byte domainEpoch[3]; byte domainOf[3]; byte highestEpoch[3];  /* the agent's journal: highest owner epoch */
byte failures = HOST_FAILURES, again = AGAIN, deaths = DEATHS;

byte job = 0, jobOf = NOBODY, jobFrom, jobTo;   /* libvirt's job: 1 copies, 2 suspended, 3 whole copy at the target */
bool calling = false;                           /* an agent waits for the migrate call */
byte result = 0;                                /* 1 released, 2 failed */

bool targetReceived[2], sourceReleased[2], sourceRuns[2], sourceSuspended[2], linodeResumed[2], targetAbsent[2], sendTaken[2];

byte phase[2], source[2], target[2], sourceHostEpoch[2], targetHostEpoch[2], ownerEpoch[2], nextEpoch[2];

byte at = 0, epoch = 1, atHostEpoch = 1, issued = 1, open = NOBODY, moves = 0, used = 2; bool nowhere = false;

#define COPIES ((domain[0] == running) + (domain[1] == running) + (domain[2] == running))
#define FENCED(h, e) (fencedEpoch[h] >= (e))
#define ANEW(h, e) (hostEpoch[h] > (e))
#define IN_WINDOW (open != NOBODY && phase[open] == window)
#define IN_COMMITTED (open != NOBODY && phase[open] == committed)

inline start(h) { domain[h] = running; assert(COPIES == 1) }
inline issue(e) { assert(!(used & (1 << (e)))); used = used | (1 << (e)); if :: (e) > issued -> issued = e :: else fi }
inline forgetJob() { job = 0; calling = false; result = 0 }
inline powerOff(h) {
  if
  :: job != 0 && jobFrom == h -> forgetJob()
  :: job != 0 && jobTo == h -> if :: domain[jobFrom] == suspended -> start(jobFrom) :: else fi; job = 0; result = 2
  :: else -> if :: calling && jobFrom == h -> calling = false; result = 0 :: else fi
  fi;
  domain[h] = absent; up[h] = false
}

inline obey(h, order, m, e, repeated) {
  if
  :: order == SendLinode -> sendTaken[m] = true;
       if
       :: domain[h] == running && job == 0 && result == 0 && domain[target[m]] == absent && up[target[m]] ->
            job = 1; jobOf = m; jobFrom = h; jobTo = target[m]; calling = true
       :: else
       fi
  :: order == ResumeLinode ->
       if
       :: domain[h] == paused && (IS(any_migration) || domainOf[h] == m) -> start(h); domainEpoch[h] = e; linodeResumed[m] = true
       :: domain[h] == suspended && IS(no_numbers) && repeated -> start(h)
       :: domain[h] == running && domainOf[h] == m && domainEpoch[h] == e -> linodeResumed[m] = true
       :: else
       fi
  :: order == CancelIncoming ->
       if
       :: (domain[h] == paused || domain[h] == incomplete) && domainOf[h] == m && !(job != 0 && jobTo == h) -> domain[h] = absent
       :: else
       fi
  :: order == EnsureRunning -> if :: domain[h] == suspended && !(job != 0 && jobFrom == h) -> start(h) :: else fi
  :: order == BootLinode -> start(h); domainEpoch[h] = e; domainOf[h] = NOBODY   /* a left-over copy is removed first */
  fi
}

proctype Agent(byte h) {
  mtype order; byte m, e, he; bool repeated, twice;
end: do
  :: atomic { up[h] && len(orders[h]) > 0 -> orders[h]?order, m, e, he, repeated; twice = false;
       if :: !repeated && again > 0 && ROOM(h) -> if :: again--; twice = true :: skip fi :: else fi;
       if
       :: he != hostEpoch[h] -> skip                                        /* an older registration's */
       :: he == hostEpoch[h] && repeated && !IS(no_numbers) -> skip         /* number known */
       :: he == hostEpoch[h] && (!repeated || IS(no_numbers)) && e < highestEpoch[h] -> skip   /* refused: a newer owner is known */
       :: he == hostEpoch[h] && (!repeated || IS(no_numbers)) && e >= highestEpoch[h] -> highestEpoch[h] = e;
            if
            :: deaths > 0 && (order == SendLinode || order == ResumeLinode) -> deaths--;
                 if :: order == SendLinode -> sendTaken[m] = true :: else fi
            :: true -> obey(h, order, m, e, repeated)
            fi
       fi;
       if :: twice -> orders[h]!order, m, e, he, true :: else fi;
       order = SendLinode; m = 0; e = 0; he = 0; repeated = false; twice = false }

  /* the migrate call ends, or its agent dies: libvirt goes on */
  :: atomic { up[h] && calling && jobFrom == h && job == 0 && result != 0 ->
       if :: result == 1 -> sourceReleased[jobOf] = true :: else -> sourceRuns[jobOf] = true fi;
       calling = false; result = 0; jobOf = NOBODY }
  :: atomic { up[h] && calling && jobFrom == h && deaths > 0 -> deaths--; calling = false;
       if :: job == 0 -> result = 0; jobOf = NOBODY :: else fi }

  /* what the source shows when it is asked after its call, or under a newer registration */
  :: atomic { up[h] && IN_WINDOW && source[open] == h && job == 0 && !calling &&
              (ANEW(h, sourceHostEpoch[open]) || sendTaken[open]) &&
              ((domain[h] == absent && !sourceReleased[open]) || (domain[h] == running && !sourceRuns[open]) ||
                  (domain[h] == suspended && !sourceSuspended[open])) ->
       if
       :: domain[h] == absent -> sourceReleased[open] = true
       :: domain[h] == running -> sourceRuns[open] = true
       :: domain[h] == suspended -> sourceSuspended[open] = true
       fi }

  /* what the target shows */
  :: atomic { up[h] && domain[h] == paused && !targetReceived[domainOf[h]] -> targetReceived[domainOf[h]] = true }
  :: atomic { up[h] && IN_COMMITTED && target[open] == h && targetHostEpoch[open] == hostEpoch[h] && job == 0 &&
              domain[h] == absent && !targetAbsent[open] -> targetAbsent[open] = true }
  od
}

proctype Libvirt() {
end: do
  :: atomic { job == 1 -> if
       :: job = 0; result = 2                                                                  /* the stream failed */
       :: domain[jobFrom] = suspended; domain[jobTo] = incomplete; domainOf[jobTo] = jobOf; job = 2
       fi }
  :: atomic { job == 2 -> if
       :: start(jobFrom); job = 0; result = 2
       :: domain[jobTo] = paused; domainOf[jobTo] = jobOf; job = 3
       :: deaths > 0 -> deaths--; forgetJob()                                                  /* the source stays suspended */
       fi }
  :: atomic { job == 3 -> if
       :: domain[jobFrom] = absent; job = 0; result = 1
       :: start(jobFrom); job = 0; result = 2                                                  /* lost reply: resumes by itself */
       :: deaths > 0 -> deaths--; forgetJob()
       fi }
  :: atomic { job == 0 && !calling && result != 0 -> result = 0; jobOf = NOBODY }
  od
}

proctype Attempts() {
end: do
  :: atomic { open != NOBODY && phase[open] == preparing && ROOM(source[open]) -> phase[open] = window;   /* HandoverOpened */
       orders[source[open]]!SendLinode, open, (IS(send_next_epoch) -> nextEpoch[open] : ownerEpoch[open]), sourceHostEpoch[open], false }
  :: atomic { open != NOBODY && phase[open] == preparing -> phase[open] = aborted }
  :: atomic { IN_WINDOW && ROOM(target[open]) &&                                                             /* HandoverCommitted */
              (sourceReleased[open] || (FENCED(source[open], sourceHostEpoch[open]) && targetReceived[open]) ||
                  (IS(targets_word) && targetReceived[open])) -> phase[open] = committed;
       orders[target[open]]!ResumeLinode, open, nextEpoch[open], targetHostEpoch[open], false }
  :: atomic { IN_WINDOW && ROOM(target[open]) && ROOM(source[open]) &&
              (sourceRuns[open] || FENCED(source[open], sourceHostEpoch[open]) ||
                  (!IS(suspended_ignored) && sourceSuspended[open]) ||
                  (IS(abort_on_target) &&
                      (FENCED(target[open], targetHostEpoch[open]) || ANEW(target[open], targetHostEpoch[open])))) ->
       phase[open] = aborted; orders[target[open]]!CancelIncoming, open, nextEpoch[open], targetHostEpoch[open], false;
       if
       :: !IS(suspended_ignored) && sourceSuspended[open] ->
            orders[source[open]]!EnsureRunning, open, ownerEpoch[open], sourceHostEpoch[open], false
       :: else
       fi }
  :: atomic { IN_COMMITTED && linodeResumed[open] -> phase[open] = completed }
  :: atomic { IN_COMMITTED && !linodeResumed[open] &&
              (FENCED(target[open], targetHostEpoch[open]) || ANEW(target[open], targetHostEpoch[open]) ||
                  targetAbsent[open] || IS(lost_by_time)) -> phase[open] = lost }
  :: atomic { IN_COMMITTED && !linodeResumed[open] && len(orders[target[open]]) == 0 && up[target[open]] &&
              domain[target[open]] == paused ->                                                        /* MigrationUnknown */
       orders[target[open]]!ResumeLinode, open, nextEpoch[open], targetHostEpoch[open], false }
  :: atomic { IN_COMMITTED && !linodeResumed[open] && len(orders[target[open]]) == 0 && up[target[open]] && job == 0 &&
              domain[target[open]] == incomplete && !IS(incomplete_ignored) ->                       /* IncompleteCopyGivenUp */
       orders[target[open]]!CancelIncoming, open, nextEpoch[open], targetHostEpoch[open], false }
  od
}

#define GONE (FENCED(at, atHostEpoch) || (!IS(anew_ignored) && ANEW(at, atHostEpoch)))

proctype Linodes() {
  byte h;
end: do
  :: atomic { open == NOBODY && !nowhere && moves < MOVES && up[at] && hostEpoch[at] == atHostEpoch &&
              (epoch == 1 || linodeResumed[0] || domainEpoch[at] == epoch) ->                          /* LinodeMoveRequested */
       if :: h = 0 :: h = 1 :: h = 2 fi;
       if
       :: h != at && up[h] ->
            open = moves; moves++; issue(issued + 1); ownerEpoch[open] = epoch; nextEpoch[open] = issued;
            source[open] = at; target[open] = h; sourceHostEpoch[open] = atHostEpoch; targetHostEpoch[open] = hostEpoch[h];
            phase[open] = preparing
       :: else
       fi;
       h = 0 }
  :: atomic { open != NOBODY && phase[open] == completed ->                                               /* LinodeMoved */
       at = target[open]; epoch = nextEpoch[open]; atHostEpoch = targetHostEpoch[open];
       if :: IS(loss_forgotten) && GONE -> atHostEpoch = 99 :: else fi;
       open = NOBODY }
  :: atomic { open != NOBODY && phase[open] == aborted -> open = NOBODY }                                 /* LinodeMoveAborted */
  :: atomic { open != NOBODY && phase[open] == lost -> open = NOBODY; nowhere = true }                    /* LinodeLost */
  :: atomic { (open == NOBODY || IS(recover_open)) && (nowhere || GONE) && (up[0] || up[1] || up[2]) ->   /* recovery */
       if :: up[0] -> h = 0 :: up[1] -> h = 1 :: up[2] -> h = 2 fi;
       if
       :: ROOM(h) ->
            if :: IS(epoch_plus_one) -> issue(epoch + 1); epoch++ :: else -> issue(issued + 1); epoch = issued fi;
            at = h; atHostEpoch = hostEpoch[h]; nowhere = false;
            orders[h]!BootLinode, NOBODY, epoch, hostEpoch[h], false
       :: else
       fi;
       h = 0 }
  od
}

#define RETURNS(h) atomic { !up[h] -> \
    if :: !FENCED(h, hostEpoch[h]) -> fencedEpoch[h] = hostEpoch[h] :: hostEpoch[h] < 3 -> hostEpoch[h]++; up[h] = true fi }

proctype World() {
  byte h;
end: do
  :: atomic { failures > 0 -> failures--; if :: h = 0 :: h = 1 :: h = 2 fi;
       if :: up[h] -> if :: true -> powerOff(h) :: true -> powerOff(h); fencedEpoch[h] = hostEpoch[h] fi :: else fi;
       h = 0 }
  :: RETURNS(0) :: RETURNS(1) :: RETURNS(2)
  od
}

init {
  atomic {
    domain[0] = running; domainEpoch[0] = 1; highestEpoch[0] = 1;
    domainOf[0] = NOBODY; domainOf[1] = NOBODY; domainOf[2] = NOBODY;
    run Agent(0); run Agent(1); run Agent(2); run Libvirt(); run Attempts(); run Linodes(); run World()
  }
  timeout -> assert(open == NOBODY && COPIES == 1 && domain[at] == running && domainEpoch[at] == epoch && highestEpoch[at] <= epoch)
}
