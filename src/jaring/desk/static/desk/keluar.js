"use strict";
// Signing out deletes rows that wait in this browser: whoever has such rows is asked first.
(() => {
  if (!window.indexedDB) return;

  // Rows that wait, mine and those of others; none where the form was never opened, and its store is not made.
  function waiting() {
    return new Promise((resolve) => {
      const none = () => resolve({ own: 0, other: 0 });
      const asked = indexedDB.open("jaring-isian", 1);
      let fresh = false;
      asked.onupgradeneeded = () => { fresh = true; asked.transaction.abort(); };
      asked.onerror = (event) => { event.preventDefault(); none(); };
      asked.onblocked = none;
      asked.onsuccess = () => {
        const base = asked.result;
        if (fresh || !base.objectStoreNames.contains("rows")) { base.close(); none(); return; }
        const held = base.transaction(["rows", "meta"]);
        const rows = held.objectStore("rows").getAll();
        const mark = held.objectStore("meta").get("mark");
        held.oncomplete = () => {
          base.close();
          const own = rows.result.filter((row) => row.mark === mark.result).length;
          resolve({ own, other: rows.result.length - own });
        };
        held.onerror = () => { base.close(); none(); };
      };
    });
  }

  const page = document.getElementById("keluar-antre");
  if (page) {
    waiting().then(({ own, other }) => {
      if (!own && !other) return;
      const said = [];
      if (own) said.push(`${own} ${page.dataset.own}`);
      if (other) said.push(`${other} ${page.dataset.other}`);
      page.querySelector("strong").textContent = said.join(" ");
      page.querySelector("a").hidden = !own;
      page.hidden = false;
      const button = document.querySelector("#keluar-yakin button");
      button.textContent = button.dataset.delete;
      button.className = "danger";
    });
    return;
  }
  for (const form of document.querySelectorAll("form[data-ask]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { own, other } = await waiting();
      if (own || other) location.assign(form.action);
      else form.submit();
    });
  }
})();
