// The page's own files, loaded one by one into a namespace without a page.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const WEB = path.join(__dirname, "..", "..", "mapper", "outputs", "web");

/** Give the namespace with the named files in it, each one fresh. */
exports.load = (...names) => exports.loadInto({}, ...names);

/** The same in a window that has something of a page's. */
exports.loadInto = function (window, ...names) {
  const context = vm.createContext({ window, Intl, URLSearchParams, console });
  for (const name of ["namespace.js", ...names]) {
    vm.runInContext(fs.readFileSync(path.join(WEB, name), "utf8"), context, { filename: name });
  }
  return window.MapperControl;
};

/** What came out of another context, as values of this one. */
exports.plain = (value) => JSON.parse(JSON.stringify(value));

exports.language = (name) => JSON.parse(fs.readFileSync(path.join(WEB, "locale", name + ".json"), "utf8"));

exports.scripts = () =>
  fs
    .readdirSync(WEB)
    .filter((name) => name.endsWith(".js"))
    .map((name) => ({ name, text: fs.readFileSync(path.join(WEB, name), "utf8") }));
