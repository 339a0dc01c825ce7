/* Who hears of a change of the state: those who must follow each step at once, and those who wait until it rests. */
(function (M) {
  "use strict";

  /** Listeners, told of sets of keys; "wait" is how long, in milliseconds, a slice must stay for it to rest. */
  M.listeners = function (wait) {
    const all = [];
    let pending = new Set();
    let timer = 0;

    const add = (late) => (keys, act) => all.push({ keys, act, late });

    function call(changed, late, from) {
      for (const one of all.slice(from)) if (one.late === late && one.keys.some((key) => changed.has(key))) one.act(changed);
    }

    function rest() {
      window.clearTimeout(timer);
      const changed = pending;
      pending = new Set();
      if (changed.size) call(changed, true, 0);
    }

    /** Tell those registered from number "from" on: a step in time may be one of many, anything else is told to all at once. */
    function tell(changed, from) {
      call(changed, false, from || 0);
      if (from !== undefined) return call(changed, true, from);
      for (const key of changed) pending.add(key);
      if (changed.size > 1 || !changed.has("slice")) return rest();
      window.clearTimeout(timer);
      timer = window.setTimeout(rest, wait);
    }

    return { on: add(false), onRest: add(true), tell, rest, count: () => all.length, end: () => window.clearTimeout(timer) };
  };
})(window.MapperControl);
