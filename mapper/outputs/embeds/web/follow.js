/** Ask the map in a frame for its height, and give the frame that height from then on. Gives a way to end it. */
function follow(frame) {
  const LEAST = 240;
  const MOST = 4000;

  /* A frame closed by sandbox has no origin: what it says comes from "null", and it can be spoken to only as "*".
     The question holds nothing that the wrong page may not hear. */
  function origin() {
    const closed = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
    return closed ? "null" : new URL(frame.src, document.baseURI).origin;
  }

  function ask() {
    const to = origin();
    if (frame.contentWindow) frame.contentWindow.postMessage({ type: "mapper:height?" }, to === "null" ? "*" : to);
  }

  function hear(event) {
    if (!event.source || event.source !== frame.contentWindow || event.origin !== origin()) return;
    const said = event.data;
    if (!said || said.type !== "mapper:height" || !Number.isFinite(said.height)) return;
    const height = Math.ceil(Math.min(MOST, Math.max(LEAST, said.height))) + "px";
    Object.assign(frame.style, { display: "block", border: "0", aspectRatio: "auto", minHeight: "0", maxHeight: "none", height });
  }

  window.addEventListener("message", hear);
  frame.addEventListener("load", ask);
  ask(); /* it may have loaded before this script did */
  return () => {
    window.removeEventListener("message", hear);
    frame.removeEventListener("load", ask);
  };
}
