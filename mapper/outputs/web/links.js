/* Addresses of articles, put together from their short form, the title and the date. */
(function (M) {
  "use strict";

  const ALPHABET = M.ALPHABET;

  /** The address that Python's links.short wrote. */
  M.longLink = function (text, title, published) {
    if (text[0] === "=") return text.slice(1);
    const words = (title.replace(/['\u2019]/g, "").match(/[A-Za-z0-9]+/g) || []).map((word) => word.toLowerCase());
    return text
      .replace("^", published.replace(/-/g, "/"))
      .replace(/~(.)(.)/g, (_, place, count) => {
        const from = ALPHABET.indexOf(place);
        return words.slice(from, from + ALPHABET.indexOf(count)).join("-");
      });
  };
})(window.MapperControl);
