// Keeps the shell of the pages (code and style) for the next visit. Never the API, never an invite link, and the page
// itself only as a stand-in while there is no network. Nothing here reloads a page: a call may be running in it.
"use strict";
const SHELL = ["__SHELL__"];
const PAGE = new URL(self.registration.scope).pathname;
// The customer's and the agent's workers share one origin, and so one set of names.
const OURS = `farhand${PAGE}:`;
const CACHE = `${OURS}__BUILD__`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...SHELL.filter((path) => path !== PAGE)])),
  );
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  // Older shells may still be in use by open tabs: the one before this stays, the rest go.
  event.waitUntil(
    caches.keys().then((names) => {
      const old = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
      return Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
    }),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    // The network first, always: an old page must not meet a new relay.
    if (url.pathname === PAGE || url.pathname === "/j" || url.pathname === "/code") {
      event.respondWith(fetch(request).catch(() => caches.match(PAGE).then((page) => page || Response.error())));
    }
  } else if (SHELL.includes(url.pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});
