/* Texts that Python writes short: a character for each letter of another script, codes that count on. */
(function (M) {
  "use strict";

  const BLANK = 84;
  const VALUE = Object.fromEntries(Array.from(M.ALPHABET, (letter, value) => [letter, value]));

  /** A text in the script that begins at "first", a character for each letter; between two % it is as it is, %% is one. */
  function letters(text, first) {
    const parts = text.split("%");
    return parts.map((part, i) => {
      if (i % 2) return part;
      if (!part && i && i < parts.length - 1) return "%";
      let read = "";
      for (let k = 0; k < part.length; k++) {
        const value = VALUE[part[k]];
        read += value === BLANK ? " " : String.fromCharCode(first + value);
      }
      return read;
    }).join("");
  }

  /** The same for all texts in data of any depth. */
  M.letters = function (found, first) {
    if (typeof found === "string") return letters(found, first);
    if (Array.isArray(found)) return found.map((one) => M.letters(one, first));
    return found && Object.fromEntries(Object.entries(found).map(([key, one]) => [key, M.letters(one, first)]));
  };

  /** Texts that stand one behind the other, each behind the letter that is the first of all. */
  M.divided = (text) => text.slice(1).split(text[0]);

  /** Make a part of data of what it is when somebody first asks for it. */
  M.later = function (data, key, read) {
    const { [key]: found } = data;
    const get = () => {
      Object.defineProperty(data, key, { value: read(found) });
      return data[key];
    };
    Object.defineProperty(data, key, { get, configurable: true, enumerable: true });
  };

  /** Codes, where one that is left out counts on from the one before. */
  M.codes = function (written) {
    let last = "";
    return written.map((code) => (last = code || last.replace(/\d{1,9}$/, (found) => String(Number(found) + 1).padStart(found.length, "0"))));
  };
})(window.MapperControl);
