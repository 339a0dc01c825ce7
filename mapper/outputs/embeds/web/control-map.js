/* <control-map src="https://.../embed.html" date="2025-01-31" layer="holder" lang="my" label="..."></control-map>:
   a map in a closed frame as tall as it needs. What it holds in the page is shown where this script does not run. */
(function () {
  "use strict";

  /*+ follow.js */

  const SANDBOX = "/*+ sandbox */";
  const ALLOW = "/*+ allow */";
  const PLAIN = /^[\w.,-]{1,100}$/;
  const WITH_HOST = ["https:", "http:"];
  /* What an attribute is called in the address of the map; the map ignores a value that it does not know. */
  const ATTRIBUTES = { date: "d", layer: "b", lang: "l", displacement: "p", township: "t", view: "v", theme: "theme", controls: "controls" };

  class ControlMap extends HTMLElement {
    static get observedAttributes() {
      return ["src", "label", ...Object.keys(ATTRIBUTES)];
    }

    connectedCallback() {
      const root = this.shadowRoot || this.attachShadow({ mode: "open" });
      const frame = document.createElement("iframe");
      for (const [name, value] of Object.entries({ sandbox: SANDBOX, allow: ALLOW, loading: "lazy", referrerpolicy: "no-referrer", width: "100%", height: "700" })) {
        frame.setAttribute(name, value);
      }
      Object.assign(frame.style, { display: "block", width: "100%", height: "auto", aspectRatio: "6 / 5", minHeight: "600px", maxHeight: "820px", border: "0" });
      this.style.display = this.style.display || "block";
      this.frame = frame;
      this.show();
      root.replaceChildren(frame);
      this.end = follow(frame);
    }

    disconnectedCallback() {
      if (this.end) this.end();
      this.end = null;
    }

    attributeChangedCallback() {
      if (this.frame) this.show();
    }

    show() {
      this.frame.title = this.getAttribute("label") || this.localName;
      const address = this.address();
      if (!address) this.frame.removeAttribute("src");
      else if (this.frame.getAttribute("src") !== address) this.frame.src = address;
    }

    /** The address of the map with what the attributes say; empty where src is none that a map may come from. */
    address() {
      let url;
      try {
        url = new URL(this.getAttribute("src") || "", document.baseURI);
      } catch (refused) {
        return "";
      }
      const beside = url.protocol === "file:" && location.protocol === "file:";
      if (!this.getAttribute("src") || !(WITH_HOST.includes(url.protocol) || beside)) return "";
      const said = new URLSearchParams(url.hash.slice(1));
      for (const [name, key] of Object.entries(ATTRIBUTES)) {
        const value = this.getAttribute(name);
        if (value !== null && PLAIN.test(value)) said.set(key, value);
      }
      url.hash = said.toString().replace(/%2C/g, ",");
      return url.href;
    }
  }

  if (!customElements.get("control-map")) customElements.define("control-map", ControlMap);
})();
