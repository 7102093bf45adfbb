/*
 * One logical post. Workers claim a lease, crash, pause and wake up late; the platform answers late or never, and may post
 * twice when it is asked twice. A person may answer when nothing is known. At most one post may appear, "published" must never be
 * said without one, and an answer that names the post is never dropped.
 *
 * README.md says what stands for what, check runs every variant.
 */
#ifndef NW
#define NW 2           /* workers at once */
#endif
#ifndef NCLAIM
#define NCLAIM 5       /* claims of the lease, over all workers */
#endif
#ifndef SU
#define SU 0           /* 1: the platform takes a handle once only; nothing we rely on */
#endif
#ifndef WAL
#define WAL 1          /* 0 breaks it: the commit leaves before COMMITTING is stored */
#endif
#ifndef CAS
#define CAS 1          /* 0 breaks it: a worker writes after its claim was taken over */
#endif
#ifndef RECOMMIT
#define RECOMMIT 0     /* 1 breaks it: the commit is sent again on the same handle */
#endif
#ifndef EARLY
#define EARLY 0        /* 1 breaks it: a new handle while the old one may still post */
#endif
#ifndef PERSON
#define PERSON 0       /* 1: a person answers, who sees what is there */
#endif
#ifndef GATE
#define GATE 1         /* 0: the commit leaves however late. Breaks it with a person, and only then */
#endif
#ifndef DROP
#define DROP 0         /* 1 breaks it: an answer is dropped when its sender's claim was taken over */
#endif
#define NH 4
mtype = { QUEUED, PREPARED, COMMITTING, PUBLISHED, DECIDE, OVER };
mtype st = QUEUED; byte handle = 0, epoch = 0, intent = 0, nexth = 1, claims = 0;   /* the stored job */
byte posts = 0, infl[NH]; bool live[NH], dead[NH];                      /* the platform: posts made, requests under way, handles with a post, handles that ended */
bool heard = false;                                                     /* an answer named the post */
inline apply(h) {
  infl[h]--;
  if :: (!dead[h] && (!live[h] || !SU)) -> live[h] = true; posts++; assert(posts <= 1)
     :: else -> skip fi }
active proctype Platform() { byte i;
 do
 :: atomic { i = 1; do :: i < NH && infl[i] == 0 -> i++ :: else -> break od;
      if :: i < NH && infl[i] > 0 -> apply(i) :: else -> skip fi }
 :: atomic { (handle != 0 && !live[handle] && !dead[handle]) -> dead[handle] = true }
 :: (st == PUBLISHED || st == DECIDE || st == OVER || claims == NCLAIM) ->
      atomic { i = 1; do :: i < NH -> do :: infl[i] > 0 -> apply(i) :: else -> break od; i++ :: else -> break od };
      if :: (_nr_pr == 1) -> break :: else -> skip fi
 od }
#define OWN (!CAS || epoch == my)
#define ENDED (st == PUBLISHED || st == OVER || (!PERSON && st == DECIDE))
/* What a worker learns of its own commit is written whoever claimed the job since; the write takes the claim from whom has it. */
inline posted(h) {                                                 /* the answer names the post */
  heard = true; epoch++;
  if :: st == QUEUED -> st = PUBLISHED
     :: st == PREPARED -> st = PUBLISHED
     :: st == COMMITTING -> st = PUBLISHED
     :: st == DECIDE -> st = PUBLISHED
     :: st == OVER -> st = PUBLISHED
     :: else -> skip fi;
  handle = h }
inline taken(h) {                                                  /* the answer says that the platform has it */
  if :: st == QUEUED -> st = COMMITTING; handle = h; epoch++
     :: st == PREPARED && handle != h -> st = COMMITTING; handle = h; epoch++
     :: st == DECIDE && handle == h -> st = COMMITTING; epoch++
     :: else -> skip fi }
inline unsent(h, i) {                                              /* nothing left, and no other commit was begun since */
  if :: st == COMMITTING && handle == h && intent == i -> st = PREPARED; epoch++
     :: st == DECIDE && handle == h && intent == i -> st = PREPARED; epoch++
     :: else -> skip fi }
proctype Worker() { byte my, h, i; mtype s;
 do
 :: (ENDED || claims >= NCLAIM) -> break
 :: atomic { (!ENDED && claims < NCLAIM) -> claims++; epoch++; my = epoch; s = st; h = handle };
    if
    :: s == QUEUED ->
       if :: atomic { nexth < NH -> h = nexth; nexth++ };
             if :: true -> skip                                    /* crash: the handle is never used */
                :: atomic { true -> if :: (OWN && st == QUEUED) -> handle = h; st = PREPARED :: else -> skip fi } fi
          :: atomic { nexth >= NH -> if :: OWN -> st = DECIDE :: else -> skip fi } fi
    :: s == PREPARED ->
#if WAL
       if :: true -> goto out                                      /* crash before the write */
          :: atomic { true -> if :: (OWN && (st == PREPARED || !CAS)) -> st = COMMITTING; intent++; i = intent :: else -> goto out fi } fi;
#endif
       if :: true -> goto out                                      /* crash between write and send */
          :: atomic { (!GATE || epoch == my) -> infl[h]++ }        /* the send, after any pause that leaves the claim */
          :: atomic { (GATE && epoch != my) -> unsent(h, i) };     /* too late: it stays here */
             goto out fi;
       if :: true -> skip                                          /* the answer is lost, or the worker crashes */
          :: atomic { infl[h] == 1 -> infl[h]--;                   /* refused for certain: the request has no effect */
               if :: (OWN && st == COMMITTING) -> st = PREPARED :: else -> skip fi }
#if PERSON
          :: atomic { infl[h] > 0 -> if :: (!DROP || OWN) -> taken(h) :: else -> skip fi }
#endif
          :: atomic { live[h] -> if :: (!DROP || OWN) -> posted(h) :: else -> heard = true fi } fi
    :: s == COMMITTING ->                                          /* only reads of the handle's own status */
       if :: atomic { live[h] -> if :: OWN -> st = PUBLISHED :: else -> skip fi }
          :: atomic { (dead[h] && !live[h]) -> if :: (OWN && st == COMMITTING) -> st = QUEUED; handle = 0 :: else -> skip fi }
          :: atomic { true -> if :: OWN -> st = DECIDE :: else -> skip fi }
          :: true -> skip
#if RECOMMIT
          :: !live[h] -> infl[h]++
#endif
#if EARLY
          :: atomic { !live[h] -> if :: (OWN && st == COMMITTING) -> st = QUEUED; handle = 0 :: else -> skip fi }
#endif
       fi
    :: s == DECIDE ->                                              /* the same reads, while the person looks too */
       if :: atomic { live[h] -> if :: OWN -> st = PUBLISHED :: else -> skip fi }
          :: atomic { (h != 0 && dead[h] && !live[h]) -> if :: (OWN && st == DECIDE) -> st = QUEUED; handle = 0 :: else -> skip fi }
          :: true -> skip fi
    fi;
out: skip
 od;
 assert(st != PUBLISHED || posts >= 1);
 assert(!CAS || !heard || st == PUBLISHED) }
#if PERSON
/* Looks at the profile. That no request is under way any more stands for the time that has to pass before anybody is asked. */
active proctype Person() {
 do
 :: atomic { (st == DECIDE && handle != 0 && live[handle]) -> st = PUBLISHED; epoch++ }
 :: atomic { (st == DECIDE && handle != 0 && !live[handle] && infl[handle] == 0) -> st = QUEUED; handle = 0; epoch++ }
 :: atomic { (st == DECIDE) -> st = OVER; epoch++ }
 :: (st == PUBLISHED || st == OVER || claims == NCLAIM) -> break
 od }
#endif
init { byte i = 0; atomic { do :: i < NW -> run Worker(); i++ :: else -> break od } }
