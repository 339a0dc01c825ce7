/* What fits a text that is looked for: by any spelling of a name, by P-code. A spelling that fits says where to look, no more. */
(function (M) {
  "use strict";

  const LONGEST = 100;
  const FEW = 5;
  const SAME = /[\u0300-\u036f\u200b-\u200d\u2060\ufeff'’‘ʼ`´]/g; /* accents, apostrophes, and what has no width */
  const GAP = /[\s\-‐-―.,()/]+/;
  const CODE = /^mmr\d/;
  const [STATE, TOWNSHIP, TOWN] = [0, 1, 2];

  /** How names are compared: from each of their words on to the end, without case, accents, apostrophes and gaps. */
  M.spelt = function (text) {
    const words = text.slice(0, LONGEST).toLowerCase().normalize("NFD").replace(SAME, "").normalize("NFC").split(GAP).filter(Boolean);
    return words.map((_, i) => words.slice(i).join(""));
  };

  /** How well a name fits what is looked for: 0 it is it, 1 begins with it, 2 has a word that does, 3 holds it. */
  M.fit = function (name, sought) {
    if (name[0] === sought) return 0;
    const word = name.findIndex((rest) => rest.startsWith(sought));
    if (word >= 0) return word ? 2 : 1;
    return (name[0] || "").includes(sought) ? 3 : Infinity;
  };

  /** How many letters two spellings differ by; Infinity where that is more than "most". */
  M.distance = function (one, two, most) {
    if (Math.abs(one.length - two.length) > most) return Infinity;
    let row = Array.from({ length: two.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let k = 1; k <= two.length; k++) {
        next[k] = Math.min(row[k] + 1, next[k - 1] + 1, row[k - 1] + (one[i - 1] === two[k - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[two.length] <= most ? row[two.length] : Infinity;
  };

  const most = (sought) => (sought.length < 4 ? 0 : sought.length < 7 ? 1 : 2);
  const byFit = (one, two) => one.fit - two.fit || one.place.kind - two.place.kind;

  /** The spelling of a place that fits best: {place, fit, spelling}; an alias fits a little less. */
  function best(place, measure) {
    const fits = place.names.map(([spelling, spelt, isAlias]) => ({ place, fit: 2 * measure(spelt) + isAlias, spelling }));
    return fits.sort(byFit)[0];
  }

  /**
   * Places that fit a text, the best first: [{place, spelling, near}]. Places are {kind, i, code, names, within}: a state, a
   * township or a town, its names as [text, spelt, isAlias], and the number of its state. All states where nothing is
   * looked for; after a state that is named in full its townships. "near" is spelt similarly, no more.
   */
  M.find = function (places, text) {
    const [sought] = M.spelt(text);
    if (!sought) return places.filter(({ kind }) => kind === STATE).map((place) => ({ place }));
    const isCode = CODE.test(sought);
    const all = places.map((place) => {
      if (isCode && place.code && place.code.toLowerCase().startsWith(sought)) return { place, fit: 0, code: place.code };
      return best(place, (spelt) => M.fit(spelt, sought));
    });
    const found = all.filter(({ fit }) => fit < Infinity).sort(byFit);
    const rest = all.filter(({ fit }) => fit === Infinity);
    const states = found.filter(({ place, fit }) => place.kind === STATE && !fit).map(({ place }) => place.i);
    const within = rest.filter(({ place }) => place.kind === TOWNSHIP && states.includes(place.within)).map(({ place }) => ({ place }));
    const hits = [...found, ...within];
    if (hits.length >= FEW || !most(sought)) return hits;
    const near = rest.map(({ place }) => best(place, ([spelt = ""]) => M.distance(spelt, sought, most(sought))));
    return [...hits, ...near.filter(({ fit }) => fit < Infinity).sort(byFit).map((hit) => Object.assign(hit, { near: true }))];
  };

  /** Everything that can be found, in the order of its English name. */
  M.placesToFind = function ({ states, townships, towns, aliases }) {
    const named = (names, isAlias) => [...new Set(names)].map((name) => [name, M.spelt(name), isAlias]);
    const { en, ...others } = states.name;
    let at = 0;
    const own = M.digits(aliases.count).map((count) => named(aliases.name.slice(at, (at += count)), 1));
    return [
      ...states.code.map((code, i) => ({
        kind: STATE, i, code, within: i, names: named([en, ...Object.values(others)].map((names) => names[i]), 0),
      })),
      ...townships.code.map((code, i) => ({
        kind: TOWNSHIP, i, code, within: townships.state[i], names: [...named([townships.en[i], townships.my[i]], 0), ...own[i]],
      })),
      ...towns.filter(({ seat }) => !seat).map((town) => ({ kind: TOWN, i: town.of, town, names: named([town.en, town.my], 0) })),
    ].sort((one, two) => (one.names[0][0] < two.names[0][0] ? -1 : 1));
  };
})(window.MapperControl);
