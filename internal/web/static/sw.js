// Receives what the desk tells this browser, sealed for it alone, and shows it. It keeps nothing and stands between no page and the desk.
"use strict";

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
