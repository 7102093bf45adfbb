/*
 * Renewing a token pair whose old half ends when it is spent. Nodes share one stored connection, pause and crash anywhere, and
 * answers get lost. What is stored as healthy must be usable, and the only copy of a live token must not be thrown away.
 *
 * README.md says what stands for what, check runs every variant.
 */
#ifndef NW
#define NW 2
#endif
#ifndef NCLAIM
#define NCLAIM 4
#endif
#ifndef GOAL
#define GOAL 2         /* renewals wanted */
#endif
#ifndef STRICT
#define STRICT 1       /* 1: spending a replaced token ends the grant; 0: the old token works until the new one is used */
#endif
#ifndef TIMELY
#define TIMELY 1       /* 1: a lease is taken over only when the holder's call is really over */
#endif
#ifndef GUARD
#define GUARD 3        /* a new pair is written: 0 always, 1 while the lease is ours, 2 over the token that was spent, 3 over an older one */
#endif
#ifndef GRACE
#define GRACE 1        /* 0: a server that is not strict refuses the old token as soon as there is a new one */
#endif
#ifndef FALLBACK
#define FALLBACK 0     /* 1: a pair that never worked and is refused gives way to the pair before, once */
#endif
#ifndef CRASH
#define CRASH 0
#endif
mtype = { HEALTHY, REAUTH };
mtype st = HEALTHY; byte rt = 1, epoch = 0, done = 0, claims = 0, busy = 0; bool pend = false, fell = false;   /* the stored connection */
byte cur = 1; bool alive = true, prev_ok = false;                                               /* the authorization server */
#define USABLE (alive && (rt == cur || (!STRICT && rt + 1 == cur && prev_ok)))
proctype Node() { byte my, g, n; bool ok;
 do
 :: (done >= GOAL || st == REAUTH || claims >= NCLAIM) -> break
 :: atomic { (done < GOAL && st != REAUTH && claims < NCLAIM && (!TIMELY || busy == 0)) ->
      claims++; epoch++; my = epoch; g = rt; pend = true; busy++ }              /* the lease and the stored intent */
    if :: CRASH -> atomic { busy--; goto out } :: true -> skip fi;
    atomic { if                                                                 /* the server is given g */
      :: (alive && g == cur) -> cur++; prev_ok = GRACE; n = cur; ok = true
      :: (alive && g + 1 == cur && !STRICT && prev_ok) -> n = cur; ok = true
      :: else -> ok = false; n = 0; if :: (STRICT && g < cur) -> alive = false :: else -> skip fi fi }
    if :: CRASH -> atomic { busy--; goto out } :: true -> skip fi;              /* the answer is lost, or the node crashes */
    if
    :: ok -> atomic { if
         :: (GUARD == 0 || (GUARD == 1 && epoch == my) || (GUARD == 2 && rt == g) || (GUARD == 3 && rt < n)) ->
            rt = n; st = HEALTHY; pend = false; done++; prev_ok = false
         :: else ->
#ifdef KEEPCOPY
              assert(!(alive && n == cur && rt < n))     /* this answer was the only copy of a live token */
#else
              skip
#endif
         fi; busy-- }
    :: !ok -> atomic { if :: (FALLBACK && rt == g && !fell) -> rt--; fell = true
         :: ((!FALLBACK || fell) && rt == g && (GUARD != 1 || epoch == my)) -> st = REAUTH
         :: else -> skip fi; busy-- }
    fi;
out: skip
 od }
init { byte i = 0; atomic { do :: i < NW -> run Node(); i++ :: else -> break od };
 (_nr_pr == 1);
 assert(!(st == HEALTHY && !pend) || USABLE);            /* settled and healthy means usable */
#ifdef NOLOSS
 assert(st == HEALTHY && USABLE);                        /* and without crashes nothing is lost */
#endif
}
