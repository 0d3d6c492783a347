"""Choose: which strategy holds up.

In: a municipality made ready to live (`foresee`), what the user wants of it (objectives) and what must hold
(keeps). Out: the strategies that none beats on all objectives, how they fare in worlds that the search has
not seen, in which worlds they fail, until when they work, and what can still be done then. A strategy is
lever settings over the years with a core task; it is written as a posture (`foresee.postures`), so that
every other room can live it.
"""
