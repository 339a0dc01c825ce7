/* Elements of the page. Text gets in through textContent alone. */
(function (M) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== undefined && value !== null) node.setAttribute(name, value);
    }
    for (const child of children || []) {
      if (child === null || child === undefined || child === "") continue;
      node.append(typeof child === "string" && child.length > LONG ? M.foreign(child) : child);
    }
    return node;
  }

  /** Let an element say a text, and touch nothing where it says it already. */
  M.put = function (node, text) {
    const own = node.firstChild;
    if (!own) node.textContent = text;
    else if (own.data !== text) own.data = text;
  };

  /** Name an element for those who do not see it. */
  M.label = (node, text) => node.setAttribute("aria-label", text);

  /** The same, and for those who wait with the pointer upon it. */
  M.hint = function (node, text) {
    M.label(node, text);
    node.title = text;
  };

  /** Make an element: el("p", {class: "mc-deck"}, "text", otherElement). */
  M.el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

  M.svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  const LONG = 400;

  /** Text from the data, which may hold letters of any direction; one beyond all measure scrolls in its place. */
  M.foreign = function (text) {
    const node = M.el("bdi", text.length > LONG ? { class: "mc-long", tabindex: 0 } : {});
    node.textContent = text;
    return node;
  };

  /** A link to a source; plain text where the address is not one of the web. */
  M.link = function (url, text) {
    if (!/^https?:\/\//i.test(url)) return M.foreign(text);
    return M.el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, M.foreign(text));
  };

  M.button = function (className, onClick) {
    const node = M.el("button", { type: "button", class: className });
    node.addEventListener("click", onClick);
    return node;
  };

  /** A choice; rows are [value, text], or [title, rows] for a group. */
  M.options = function (select, rows, chosen) {
    const option = ([value, text]) => M.el("option", { value }, M.short(text, 80));
    select.replaceChildren(
      ...rows.map((row) =>
        Array.isArray(row[1]) ? M.el("optgroup", { label: M.short(row[0], 80) }, ...row[1].map(option)) : option(row)
      )
    );
    select.value = chosen;
  };
})(window.MapperControl);
