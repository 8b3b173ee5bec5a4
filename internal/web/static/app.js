// Enhancement only: every page and every action works without this file. It sets stars in their place and listens to a few keys, by
// letter or else by their place on the keyboard, so that they work on Arabic, Russian and AZERTY layouts. New stories are told of by htmx and its SSE extension.
"use strict";

// A star or a tick changes in its place, without the page being loaded anew.
addEventListener("submit", async (e) => {
  const form = e.target.closest("form.marks");
  if (!form || !e.submitter) return;
  e.preventDefault();
  const data = new URLSearchParams(new FormData(form, e.submitter));
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "marks" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) { location.reload(); return; }
  const name = e.submitter.classList.contains("star") ? ".star" : ".see", focused = document.activeElement === e.submitter;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  const fresh = box.content.firstElementChild, row = form.closest(".story");
  form.replaceWith(fresh);
  row?.classList.toggle("seen", fresh.querySelector(".see").value === "unseen");
  if (focused) fresh.querySelector(name).focus();
});

// Where the desk does not answer, the worker says so in the page's language, instead of the browser.
if (isSecureContext && "serviceWorker" in navigator && document.querySelector("header .nav")) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}

// Paper is for browsers that run scripts: without them the browser's own command prints the same sheet.
for (const b of document.querySelectorAll("button.print")) {
  b.hidden = false;
  b.addEventListener("click", () => print());
}

(function keys() {
  if (document.body.dataset.keys === "off") return;
  const stories = () => [...document.querySelectorAll(".story, .lead")];
  const go = { KeyN: "/", KeyW: "/watches", KeyS: "/sources", KeyO: "/outbox", KeyR: "/read" };
  let at = -1, pending = 0;
  const select = (i) => {
    const list = stories();
    if (!list.length) return;
    list[at]?.classList.remove("sel");
    at = Math.max(0, Math.min(list.length - 1, i));
    list[at].classList.add("sel");
    list[at].scrollIntoView({ block: "nearest" });
    list[at].querySelector("a")?.focus({ preventScroll: true });
  };
  const acts = {
    KeyJ: () => select(at + 1),
    KeyK: () => select(at - 1),
    KeyO: () => stories()[at]?.querySelector("a")?.click(),
    KeyS: () => (stories()[at] || document).querySelector(".marks .star")?.click(),
    KeyX: () => (stories()[at] || document).querySelector(".marks .see")?.click(),
    KeyV: () => {
      const to = (stories()[at] || document.querySelector(".art [data-v], .doc [data-v]"))?.dataset.v || "";
      if (/^https?:/i.test(to)) open(to, "_blank", "noopener,noreferrer");
    },
    KeyG: () => { pending = Date.now(); },
  };
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.target.closest("input, textarea, select")) return;
    if (e.key === "/" || (e.code === "Slash" && !e.shiftKey && /[^\x00-\x7f]|\./.test(e.key))) { e.preventDefault(); document.getElementById("q")?.focus(); return; }
    if (e.key === "?" || e.key === "؟") { location.href = "/about"; return; }
    if (e.shiftKey) return;
    // By its letter where the layout has Latin ones, as AZERTY does elsewhere than QWERTY; else, and where that means nothing, by its place.
    const letter = /^[a-z]$/i.test(e.key) ? "Key" + e.key.toUpperCase() : e.code;
    const to = go[letter] || go[e.code], act = acts[letter] || acts[e.code];
    if (Date.now() - pending < 1500 && to) { location.href = to; return; }
    if (act) { e.preventDefault(); act(); }
  });
})();
