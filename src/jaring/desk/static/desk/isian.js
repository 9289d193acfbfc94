"use strict";
// Rows typed by hand wait in this browser until the server has confirmed them, then they are gone from here.
(() => {
  const root = document.getElementById("isian");
  if (!root || !window.indexedDB || !window.fetch || !window.crypto || !crypto.randomUUID) return;
  const words = root.dataset;
  const form = root.querySelector("form");
  const news = document.getElementById("isian-kabar");
  const queue = document.getElementById("isian-antre");
  const FIELDS = ["name", "nik", "birth_date", "sex", "work", "phone"];
  const without = document.getElementById("isian-luring");
  let sending = false;
  let again = false;

  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open("jaring-isian", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("rows", { keyPath: "key" });
      asked.result.createObjectStore("meta");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

  async function store(name, mode, act) {
    const base = await opened;
    return new Promise((resolve, reject) => {
      const held = base.transaction(name, mode);
      const asked = act(held.objectStore(name));
      held.oncomplete = () => resolve(asked && asked.result);
      held.onerror = () => reject(held.error);
    });
  }

  const all = () => store("rows", "readonly", (rows) => rows.getAll());
  const mark = async () => words.mark || (await store("meta", "readonly", (meta) => meta.get("mark"))) || "";
  const mine = (rows, own) => rows.filter((row) => row.mark === own);

  function tell(text, kind, link) {
    news.replaceChildren();
    if (!text) return;
    const line = document.createElement("p");
    line.className = `panel ${kind || ""}`;
    line.textContent = text;
    if (link) {
      const way = document.createElement("a");
      way.href = link[1];
      way.textContent = link[0];
      line.append(" ", way);
    }
    news.append(line);
  }

  async function draw() {
    const rows = await all();
    const own = mine(rows, await mark());
    const list = queue.querySelector("ul");
    list.replaceChildren();
    for (const row of own) {
      const line = document.createElement("li");
      const drop = document.createElement("button");
      drop.type = "button";
      drop.className = "link";
      drop.textContent = words.wDrop;
      drop.setAttribute("aria-label", `${words.wDrop} ${row.name}`);
      drop.addEventListener("click", async () => {
        await store("rows", "readwrite", (held) => held.delete(row.key));
        await draw();
      });
      line.append(row.wrong ? `${row.name} (${words.wBroken}) ` : `${row.name} `, drop);
      list.append(line);
    }
    if (rows.length > own.length) {
      const line = document.createElement("li");
      line.textContent = `${rows.length - own.length} ${words.wOther}`;
      list.append(line);
    }
    queue.hidden = rows.length === 0;
    return own.filter((row) => !row.wrong);
  }

  function fault(said) {
    if (!said.name) return ["name", words.wName];
    if (said.nik && !/^[0-9]{16}$/.test(said.nik)) return ["nik", words.wNik];
    if (!said.nik && !said.birth_date) return ["nik", words.wWho];
    return null;
  }

  // Asked meanwhile (a row more, the line is back), it goes once more when the sending under way has ended.
  async function send() {
    if (sending) { again = true; return; }
    sending = true;
    try {
      do {
        again = false;
        await attempt();
      } while (again);
    } finally {
      sending = false;
    }
  }

  async function attempt() {
    const own = await draw();
    if (!own.length) return;
    try {
      const door = await fetch(words.send, { redirect: "manual", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20000) });
      if (door.type === "opaqueredirect" || !door.ok) {
        if (door.status >= 500) throw new Error("later");
        tell(words.wLogin, "warn", [words.wLoginlink, words.login]);
        return;
      }
      const { token, mark: signed } = await door.json();
      if (without) without.hidden = true;
      const rows = mine(own, signed);
      if (!rows.length) return;
      const answer = await fetch(words.send, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(40000),
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(rows.map(({ mark: _, wrong: __, ...row }) => row)),
      });
      if (answer.status === 409) {
        const told = await answer.json();
        tell(`${words.wRefused} ${told.sentence} ${told.mend || ""}`, "bad");
        return;
      }
      if (!answer.ok) throw new Error("later");
      const told = await answer.json();
      for (const key of told.stored) await store("rows", "readwrite", (held) => held.delete(key));
      for (const row of rows) if (told.wrong.includes(row.key)) await store("rows", "readwrite", (held) => held.put({ ...row, wrong: true }));
      if (told.held) tell(`${told.stored.length} ${words.wSent} ${told.held}`, "warn", [words.wHeldrows, words.held]);
      else tell(`${told.stored.length} ${words.wSent}`);
    } catch (broken) {
      // The page for no line says already that there is none.
      if (without && !without.hidden) tell(words.wKept);
      else tell(words.wOffline, "warn");
    } finally {
      await draw();
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = {};
    for (const name of FIELDS) said[name] = form.elements[name].value.trim();
    said.nik = said.nik.replace(/\s/g, "");
    const wrong = fault(said);
    if (wrong) {
      tell(wrong[1], "bad");
      form.elements[wrong[0]].focus();
      return;
    }
    const own = await mark();
    await store("rows", "readwrite", (rows) => rows.add({ key: crypto.randomUUID(), mark: own, ...said }));
    form.reset();
    form.elements.name.focus();
    tell(words.wKept);
    await send();
  });
  document.getElementById("isian-kirim").addEventListener("click", send);
  // A browser says so before a weak line carries anything.
  window.addEventListener("online", () => { for (const later of [0, 3000, 10000]) setTimeout(send, later); });
  window.addEventListener("offline", () => { if (without) without.hidden = false; });
  setInterval(send, 30000);
  (async () => {
    if (words.mark) await store("meta", "readwrite", (meta) => meta.put(words.mark, "mark"));
    if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker, { scope: words.scope }).catch(() => {});
    await send();
  })();
})();
