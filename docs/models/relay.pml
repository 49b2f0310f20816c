/*
 * The outbox relay over PostgreSQL's event table, with gaps in the positions and two replicas.
 *
 * MIRRORS lpm.platform.kafka (Relay, Outbox, LowWater) and lpm.platform.store (EventLog, Leader, Store.lock); architecture 2.13,
 * rule 3; decision 0003.
 *
 * MODELLED
 *   Append   a transaction takes the locks of its aggregates and with them its number, then a position for each event (nextval, never
 *            given back); all is visible at its commit; or it is rolled back. Three of them: events of A and B, of B, of A
 *            (SINGLES=1: four, of A, B, A, B).
 *   Other    a transaction with a number that appends nothing.
 *   Numbers  a snapshot's oldest running transaction, or the latest ended + 1 when none runs, as pg_snapshot_xmin tells it.
 *   Replica  leads while it holds the advisory lock. A pass: one statement reads the visible events after the stored position and the
 *            oldest running transaction; a new number is drawn for each gap first seen; what is settled is published, event by event;
 *            one transaction moves the position, by compare-and-set, and writes what follows. FAILURES times a replica dies after
 *            any step, or its session does: then it goes on without the lock while the other takes it.
 *   Topic    per aggregate the next sequence is new, a known one a duplicate.
 * CHECKED  no hole and no wrong order at a reader; nothing commits at or below the stored position; a duplicate only after a failure;
 *   what follows from an event is written once; whenever nothing can go on, every committed event is published and followed.
 * LIMITS  four positions; sequence CACHE 1; parked reactions and Kafka's own failures are left out.
 */
#ifndef MUTANT
#define MUTANT none
#endif
#define none 0
#define by_position 1     /* publishes whatever is visible after the position */
#define number_late 2     /* a transaction may draw positions before it has its number */
#define xmax_of_look 3    /* the number of a gap is the snapshot's latest ended + 1, not a new one */
#define number_early 4    /* the number of a gap was drawn before the look that saw it */
#define two_statements 5  /* the oldest running transaction is read after the events */
#define one_number 6      /* one number for all gaps */
#define blind_move 7      /* the position is moved without comparing */
#define IS(m) (MUTANT == m)

#ifndef FAILURES
#define FAILURES 1
#endif
#ifndef SINGLES
#define SINGLES 0
#endif
#define END 5             /* positions 1 .. 4 */
#define NUMBERS 16
#define BIT(p) (1 << (p))

byte nextPosition = 1, nextNumber = 1, latestEnded = 0;
bool runs[NUMBERS];
byte visible = 0, published = 0, followed = 0;      /* bits by position */
byte aggregate[END], sequence[END], sequences[2], known[2];
bool locked[2];
byte stored = 0, leader = 0, failures = FAILURES;
byte changes = 0;                                   /* of what a look may show */
bool failed = false;

inline begin(n) { n = nextNumber; assert(n < NUMBERS); nextNumber++; runs[n] = true }
inline end(n) { runs[n] = false; if :: n > latestEnded -> latestEnded = n :: else fi; changes++ }
inline readOldest() { oldest = 1; do :: oldest <= latestEnded && !runs[oldest] -> oldest++ :: else -> break od }

inline append(a) { atomic { p = nextPosition; nextPosition++; aggregate[p] = a; mine = mine | BIT(p) } }
inline commit() {
  p = 1;
  do
  :: p < END ->
       if :: mine & BIT(p) -> assert(p > stored); sequences[aggregate[p]]++; sequence[p] = sequences[aggregate[p]] :: else fi; p++
  :: else -> break
  od;
  visible = visible | mine
}

proctype Append(bool a; bool b) {
  byte number = 0, p = 0, mine = 0;
  atomic { (!a || !locked[0]) && (!b || !locked[1]) -> if :: a -> locked[0] = true :: else fi; if :: b -> locked[1] = true :: else fi;
    if :: begin(number) :: IS(number_late) -> skip fi };
  if :: a -> append(0) :: else fi;
  if :: b -> append(1) :: else fi;
  if :: IS(number_late) && number == 0 -> atomic { begin(number) } :: else fi;
  atomic { if :: commit() :: true -> skip fi; end(number); number = 0; p = 0; mine = 0;
    if :: a -> locked[0] = false :: else fi; if :: b -> locked[1] = false :: else fi }
}

proctype Other() { byte number; atomic { begin(number) }; atomic { end(number); number = 0 } }

inline judge() {
  settled = 0; fresh = 0; held = false; to = from; p = from + 1;
  do
  :: p < END && (seen >> p) != 0 ->
       if
       :: (seen & BIT(p)) && !held -> settled = settled | BIT(p); to = p
       :: (seen & BIT(p)) && held -> skip
       :: !(seen & BIT(p)) && !IS(by_position) ->
            g = (IS(one_number) -> 0 : p);
            if
            :: noted[g] != 0 && oldest >= noted[g] -> skip
            :: else -> held = true; if :: noted[g] == 0 -> fresh = fresh | BIT(g) :: else fi
            fi;
            g = 0
       :: !(seen & BIT(p)) && IS(by_position) -> skip
       fi;
       p++
  :: else -> break
  od;
  p = 0; seen = 0; oldest = 0
}

inline note(n) { p = 0; do :: p < END -> if :: fresh & BIT(p) -> noted[p] = n :: else fi; p++ :: else -> break od; p = 0; fresh = 0 }
inline forgetNotes(last) { p = 1; do :: p <= last -> noted[p] = 0; p++ :: else -> break od; p = 0 }

inline publish() {
  p = 1; do :: !(settled & BIT(p)) -> p++ :: else -> break od;
  if
  :: sequence[p] <= known[aggregate[p]] -> assert(failed)
  :: else -> assert(sequence[p] == known[aggregate[p]] + 1); known[aggregate[p]] = sequence[p]
  fi;
  published = published | BIT(p); settled = settled & ~BIT(p); done = done | BIT(p); p = 0
}

inline move() {
  assert(!(followed & done)); followed = followed | done; stored = to; changes++;
  p = 1; do :: p <= stored -> assert(!(visible & BIT(p)) || (published & BIT(p))); p++ :: else -> break od;
  p = 0; done = 0; from = 0; to = 0
}

proctype Replica(byte id) {
  byte from, to, seen, oldest, settled, fresh, done, p, g, n, looked = 255, xmax; bool held; byte noted[END];
end0:
  atomic { leader == 0 -> leader = id; looked = 255 };
end1:
  do
  :: atomic { failures > 0 -> failures--; failed = true; if :: leader == id -> leader = 0 :: else fi;      /* it dies */
       from = 0; to = 0; seen = 0; oldest = 0; settled = 0; fresh = 0; done = 0; n = 0; xmax = 0; held = false;
       forgetNotes(END - 1); noted[0] = 0; goto end0 }
  :: atomic { failures > 0 && leader == id -> failures--; failed = true; leader = 0 }                      /* its session dies */
  :: atomic { settled == 0 && done == 0 && fresh == 0 && seen == 0 && looked != changes ->
       if :: IS(number_early) && noted[0] == 0 -> begin(n); end(n); noted[0] = n; n = 0 :: else fi };
     atomic { looked = changes; from = stored; seen = visible & ~(BIT(from + 1) - 1); xmax = latestEnded + 1;
#if MUTANT == two_statements
     };
     atomic {
#endif
       readOldest(); judge();
       if :: held -> skip :: else -> xmax = 0 fi; held = false;
       if :: settled == 0 -> from = 0; to = 0 :: else fi }
  :: atomic { fresh != 0 ->
       if
       :: IS(xmax_of_look) -> n = xmax
       :: IS(number_early) -> n = noted[0]
       :: else -> begin(n); end(n)
       fi;
       note(n); n = 0; xmax = 0; looked = 255 }
  :: atomic { fresh == 0 && settled != 0 -> publish() }
  :: atomic { fresh == 0 && settled == 0 && done != 0 ->
       if
       :: stored == from || IS(blind_move) -> forgetNotes(to); move()
       :: else -> done = 0; from = 0; to = 0; if :: leader == id -> leader = 0 :: else fi; goto end0       /* another moved it */
       fi }
  od
}

init {
  atomic {
#if SINGLES
    run Append(true, false); run Append(false, true); run Append(true, false); run Append(false, true);
#else
    run Append(true, true); run Append(false, true); run Append(true, false); run Other();
#endif
    run Replica(1); run Replica(2)
  }
  timeout -> assert(published == visible && followed == visible)
}
