// Shows what the desk tells this browser, sealed for it alone, and a plain page where the desk does not answer: of "offline", which stands
// before this, in the browser's language. It keeps no page and no news.
"use strict";

self.addEventListener("install", () => self.skipWaiting());

// A page that was asked for comes from the desk or not at all.
self.addEventListener("fetch", (e) => {
  if (e.request.mode !== "navigate" || e.request.method !== "GET") return;
  e.respondWith(fetch(e.request).catch(() => {
    const page = offline[navigator.languages.map((l) => l.split("-")[0]).find((l) => l in offline) || "en"];
    return new Response(page.body, {
      status: 503, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": page.policy, "Cache-Control": "no-store" },
    });
  }));
});

self.addEventListener("push", (e) => {
  let m = {};
  try { m = e.data.json(); } catch { /* not the desk's: the browser wants something shown all the same */ }
  const shown = { body: m.body || "", lang: m.lang || "", dir: m.dir || "auto", tag: m.id || "marsad", icon: "/static/icon.svg", data: m.link || "/" };
  e.waitUntil(self.registration.showNotification(m.title || "Marsad", shown));
});

self.addEventListener("notificationclick", (e) => {
  e.notification.close();
  const to = new URL(e.notification.data, self.location.origin);
  e.waitUntil(self.clients.openWindow(to.origin === self.location.origin ? to.href : "/"));
});

// The browser changed its address: the desk is told the new one, under the session that this browser still has.
self.addEventListener("pushsubscriptionchange", (e) => e.waitUntil(renew(e)));

async function renew(e) {
  const { key, csrf } = await (await fetch("/settings/push/key")).json();
  const fresh = e.newSubscription || await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = fresh.toJSON();
  const body = new URLSearchParams({ csrf, endpoint, p256dh: keys.p256dh, auth: keys.auth, was: e.oldSubscription?.endpoint || "" });
  await fetch("/settings/push", { method: "POST", body });
}
