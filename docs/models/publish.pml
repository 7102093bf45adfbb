/*
 * One logical post. Workers claim a lease, crash, pause and wake up late; the platform answers late or never, and may post
 * twice when it is asked twice. At most one post may appear, and "published" must never be said without one.
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
#define NH 4
mtype = { QUEUED, PREPARED, COMMITTING, PUBLISHED, DECIDE };
mtype st = QUEUED; byte handle = 0, epoch = 0, nexth = 1, claims = 0;   /* the stored job */
byte posts = 0, infl[NH]; bool live[NH], dead[NH];                      /* the platform: posts made, requests under way, handles with a post, handles that ended */
inline apply(h) {
  infl[h]--;
  if :: (!dead[h] && (!live[h] || !SU)) -> live[h] = true; posts++; assert(posts <= 1)
     :: else -> skip fi }
active proctype Platform() { byte i;
 do
 :: atomic { i = 1; do :: i < NH && infl[i] == 0 -> i++ :: else -> break od;
      if :: i < NH && infl[i] > 0 -> apply(i) :: else -> skip fi }
 :: atomic { (handle != 0 && !live[handle] && !dead[handle]) -> dead[handle] = true }
 :: (st == PUBLISHED || st == DECIDE || claims == NCLAIM) ->
      atomic { i = 1; do :: i < NH -> do :: infl[i] > 0 -> apply(i) :: else -> break od; i++ :: else -> break od };
      if :: (_nr_pr == 1) -> break :: else -> skip fi
 od }
#define OWN (!CAS || epoch == my)
proctype Worker() { byte my, h; mtype s;
 do
 :: (st == PUBLISHED || st == DECIDE || claims >= NCLAIM) -> break
 :: atomic { (st != PUBLISHED && st != DECIDE && claims < NCLAIM) -> claims++; epoch++; my = epoch; s = st; h = handle };
    if
    :: s == QUEUED ->
       if :: atomic { nexth < NH -> h = nexth; nexth++ };
             if :: true -> skip                                    /* crash: the handle is never used */
                :: atomic { true -> if :: (OWN && st == QUEUED) -> handle = h; st = PREPARED :: else -> skip fi } fi
          :: atomic { nexth >= NH -> if :: OWN -> st = DECIDE :: else -> skip fi } fi
    :: s == PREPARED ->
#if WAL
       if :: true -> goto out                                      /* crash before the write */
          :: atomic { true -> if :: (OWN && (st == PREPARED || !CAS)) -> st = COMMITTING :: else -> goto out fi } fi;
#endif
       if :: true -> goto out                                      /* crash between write and send */
          :: infl[h]++ fi;                                         /* the send, after any pause */
       if :: true -> skip                                          /* the answer is lost, or the worker crashes */
          :: atomic { infl[h] == 1 -> infl[h]--;                   /* refused for certain: the request has no effect */
               if :: (OWN && st == COMMITTING) -> st = PREPARED :: else -> skip fi }
          :: atomic { live[h] -> if :: OWN -> st = PUBLISHED :: else -> skip fi } fi
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
    fi;
out: skip
 od;
 assert(st != PUBLISHED || posts >= 1) }
init { byte i = 0; atomic { do :: i < NW -> run Worker(); i++ :: else -> break od } }
