// Subscribes this browser to news. It asks the browser, and sends what the browser says of itself with the page's own form.
"use strict";

(function push() {
  const form = document.getElementById("push");
  if (!form) return;
  const show = (id) => { document.getElementById(id).hidden = false; };
  if (!isSecureContext || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) { show("push-cannot"); return; }
  if (Notification.permission === "denied") { show("push-blocked"); return; }
  form.hidden = false;
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    try {
      if (await Notification.requestPermission() !== "granted") { form.hidden = true; show("push-blocked"); return; }
      await navigator.serviceWorker.register("/sw.js");
      const worker = await navigator.serviceWorker.ready, key = form.dataset.key;
      const old = await worker.pushManager.getSubscription();
      if (old) await old.unsubscribe(); // it may stand for another desk's key, or another reader's
      const { endpoint, keys } = (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
      form.elements.endpoint.value = endpoint;
      form.elements.p256dh.value = keys.p256dh;
      form.elements.auth.value = keys.auth;
      form.submit();
    } catch { show("push-failed"); }
  });
})();
