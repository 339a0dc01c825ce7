/* Words, numbers and dates in one language. */
(function (M) {
  "use strict";

  const DAY_MS = 86400000;

  /** Read what is written letter by letter, and give each language's sentences their keys, which all share; once asked for. */
  M.unpackWords = function ({ keys, languages, letters, foot, states, people }) {
    const bases = [...people.inside.bases, ...people.abroad.bases].map(({ name }) => name);
    for (const [lang, language] of Object.entries(languages)) {
      const read = (found) => (letters[lang] ? M.letters(found, letters[lang]) : found);
      for (const names of [foot, states.name, ...bases]) M.later(names, lang, read);
      M.later(language, "months", read);
      M.later(language, "words", () => {
        const said = read(language.said);
        const shared = keys.map((key, i) => [key, said[i]]).filter(([, text]) => text !== null);
        return Object.assign(Object.fromEntries(shared), read(language.own));
      });
    }
  };

  /** Make the voice of a language from what Python sent of its file. */
  M.voice = function (lang, language) {
    const digits = Array.from(language.digits);
    const inDigits = (text) => String(text).replace(/[0-9]/g, (digit) => digits[digit]);

    function say(key, values) {
      const sentence = language.words[key];
      if (sentence === undefined) throw new Error("no words for " + key);
      return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    }

    /** A sentence with a number, in the singular where the language has one. */
    function count(key, n) {
      return say(n === 1 && key + ".one" in language.words ? key + ".one" : key, { n: number(n) });
    }

    const number = (value) => inDigits(String(value).replace(/\B(?=(\d{3})+$)/g, language.group));

    function date(year, month, day, precision) {
      return say("date." + precision, {
        day: inDigits(day),
        month: language.months[month - 1],
        year: inDigits(year),
      });
    }

    /** A day counted from 1970-01-01. */
    function day(count, precision) {
      const at = new Date(count * DAY_MS);
      return date(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), precision || "day");
    }

    /** "2024-09-07", "2024-09" or "2024"; anything else as it is. */
    function iso(text, precision) {
      const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
      if (!parts) return text;
      if (!parts[2]) return inDigits(parts[1]);
      if (!parts[3]) return date(+parts[1], +parts[2], 1, "month");
      return date(+parts[1], +parts[2], +parts[3], precision || "day");
    }

    return { lang, say, count, number, inDigits, day, iso };
  };

  /** A day counted from 1970-01-01, as YYYY-MM-DD. */
  M.iso = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

  /** Cut a text that is to stand in a small place. */
  M.short = function (text, length) {
    const letters = Array.from(text.slice(0, 2 * length + 2));
    return letters.length > length ? letters.slice(0, length - 1).join("") + "…" : text;
  };
})(window.MapperControl);
