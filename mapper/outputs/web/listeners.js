/* Who hears of a change of the state: those who follow each step, those who keep a pace, and those who wait until it rests. */
(function (M) {
  "use strict";

  const EACH = 0;
  const PACED = 1;
  const RESTED = 2;

  /**
   * Listeners, told of sets of keys. While a reader runs through the slices some hear of one every "pace" milliseconds,
   * which is as fast as anyone reads; "wait" is how long a slice must stay for it to rest.
   */
  M.listeners = function (pace, wait) {
    const all = [];
    const pending = [0, new Set(), new Set()]; /* keys, by the kind that has not heard of them */
    const timers = [];

    const add = (kind) => (keys, act) => all.push({ keys, act, kind });

    function call(changed, kind, from) {
      for (const one of all.slice(from)) if (one.kind === kind && one.keys.some((key) => changed.has(key))) one.act(changed);
    }

    /** Tell those of a kind what they have not heard yet; whether there was something. */
    function tellKind(kind) {
      timers[kind] = window.clearTimeout(timers[kind]);
      const changed = pending[kind];
      pending[kind] = new Set();
      if (changed.size) call(changed, kind);
      return changed.size;
    }

    function keepPace() {
      if (tellKind(PACED)) timers[PACED] = window.setTimeout(keepPace, pace);
    }

    function rest() {
      tellKind(PACED);
      tellKind(RESTED);
    }

    /** Tell those registered from number "from" on: a step in time may be one of many, anything else is told to all at once. */
    function tell(changed, from) {
      call(changed, EACH, from);
      if (from !== undefined) return [PACED, RESTED].forEach((kind) => call(changed, kind, from));
      for (const key of changed) [PACED, RESTED].forEach((kind) => pending[kind].add(key));
      if (changed.size > 1 || !changed.has("slice")) return rest();
      if (!timers[PACED]) keepPace();
      window.clearTimeout(timers[RESTED]);
      timers[RESTED] = window.setTimeout(rest, wait);
    }

    const stop = () => timers.forEach((timer) => window.clearTimeout(timer));
    return { on: add(EACH), onPace: add(PACED), onRest: add(RESTED), tell, rest, count: () => all.length, stop };
  };
})(window.MapperControl);
