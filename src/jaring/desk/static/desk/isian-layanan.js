"use strict";
// The form for typing rows, kept for when there is no line: its own page, style and script, nothing else.
const KEPT = "isian-1";
const SHELL = "/desa/isian/luring/";
const FORM = "/desa/isian/";
const PARTS = ["/static/desk/site.css", "/static/desk/isian.js"];

async function fill() {
  const cache = await caches.open(KEPT);
  for (const path of [SHELL, ...PARTS]) {
    // A page that leads to signing in is not the form.
    const answer = await fetch(path, { redirect: "error", cache: "reload" });
    if (!answer.ok) throw new Error("not kept");
    await cache.put(path, answer);
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith("isian-") && name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

// On a line that is there and carries nothing, waiting longer helps nobody.
const PATIENCE = 8000;

async function first(request, path) {
  try {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
    const answer = await Promise.race([fetch(request), late]);
    if (answer.ok && PARTS.includes(path)) await (await caches.open(KEPT)).put(path, answer.clone());
    return answer;
  } catch (fault) {
    const kept = await caches.match(path);
    if (kept) return kept;
    throw fault;
  }
}

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate" && (path === FORM || path === SHELL)) event.respondWith(first(event.request, SHELL));
  else if (PARTS.includes(path)) event.respondWith(first(event.request, path));
});
