// What every file of the page keeps to: strict, one subject, and no way from text to code or markup.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const vm = require("node:vm");
const { scripts } = require("./page.js");

const OPENS = /^\/\* [A-Z][^\n]*\. \*\/\n|^\/\* [A-Z][^\n]*\n[^/]*\*\/\n/;
const STRICT = /^\s*\(function \(M\) \{\n {2}"use strict";\n[\s\S]*\}\)\(window\.MapperControl\);\n$/;
const TEXT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const LINES = 200;

const FORBIDDEN = [
  /\beval\b/,
  /\bFunction\s*\(/,
  /\b(?:inner|outer)HTML\b/,
  /\binsertAdjacentHTML\b/,
  /\bcreateContextualFragment\b/,
  /\bparseFromString\b/,
  /\bsrcdoc\b/,
  /\bdocument\s*\.\s*write(?:ln)?\b/,
  /\bon(?:click|load|error|input|change|key\w+|mouse\w+|pointer\w+|focus|blur|toggle)\b\s*[=:]/,
  /\bset(?:Timeout|Interval)\s*\(\s*["'`]/,
  /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b/,
  /\bimport\s*\(/,
  /\blocalStorage\b|\bsessionStorage\b|\bdocument\s*\.\s*cookie\b/,
];
const IN_TEXT = [/^["']on[a-z]+["']$/, /^["']style["']$/, /javascript:/i];

/** Give what is wrong with a script: forbidden words in its code, or forbidden texts handed to setAttribute and M.el. */
function faults(text) {
  const code = text.replace(TEXT, (found) => (/^["']/.test(found) ? found[0] + found[0] : " "));
  const found = FORBIDDEN.filter((rule) => rule.test(code)).map(String);
  for (const [, name] of text.matchAll(/setAttribute\(\s*("[^"]*"|'[^']*')/g)) {
    found.push(...IN_TEXT.filter((rule) => rule.test(name)).map((rule) => "setAttribute " + rule));
  }
  if (/\bM\.(?:el|svg)\([^)]*[{,]\s*(?:style|on[a-z]+)\s*:/.test(text)) found.push("an element with a style or handler");
  if (/["'`]\s*javascript:/i.test(text)) found.push("an address that is a script");
  return found;
}

test("the check finds what it is for, and nothing else", () => {
  const bad = [
    "eval(text)", "new Function('a')", "node.innerHTML = text", 'node["outerHTML"]; node.outerHTML', "insertAdjacentHTML(a)",
    "document.write(x)", "document . writeln(x)", "node.onclick = f", 'setTimeout("a()", 1)', "fetch(u)", "import('x')",
    'node.setAttribute("onclick", a)', "node.setAttribute('style', a)", 'M.el("p", { style: "color: red" })',
    'M.el("a", { href: x, onclick: y })', "localStorage.x", "document.cookie", 'a.href = "javascript:x"',
  ];
  for (const text of bad) assert.notDeepEqual(faults(text), [], text);
  const good = [
    "/* eval */ a()", "// innerHTML", 'say("document.write")', "node.style.left = x", 'M.el("p", { class: "style" })',
    "app.on(keys)", "const evaluate = 1", "window.setTimeout(tick, 5)", "listener.on(type)", "isFunction(x)",
  ];
  for (const text of good) assert.deepEqual(faults(text), [], text);
});

test("every file can be read by itself", () => {
  for (const { name, text } of scripts()) assert.doesNotThrow(() => new vm.Script(text, { filename: name }), name);
});

test("every file says first what it is about", () => {
  for (const { name, text } of scripts()) assert.match(text, OPENS, name);
});

test("every file is strict and adds to the one namespace", () => {
  for (const { name, text } of scripts()) {
    if (name === "first.js") assert.match(text, /\n\(function \(\) \{\n {2}"use strict";\n/, name); /* it runs before there is one */
    else if (name !== "namespace.js") assert.match(text.replace(/^\/\*[\s\S]*?\*\/\n/, ""), STRICT, name);
  }
});

test("no file is longer than one subject", () => {
  for (const { name, text } of scripts()) assert.ok(text.split("\n").length <= LINES + 1, name);
});

test("no file makes code or markup of text, or asks for anything from outside", () => {
  for (const { name, text } of scripts()) assert.deepEqual(faults(text), [], name);
});
