// What pages of the suite do beyond HTML and htmx; every page works without it.
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // Buttons that open and close a <dialog>.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog && dialog.showModal) {
        event.preventDefault();
        dialog.showModal();
      }
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
    const remover = event.target.closest("[data-removes]");
    if (remover) {
      event.preventDefault();
      const item = remover.closest("[data-item]");
      const list = item.parentElement;
      item.remove();
      changed(list.closest("form"));
    }
    const adder = event.target.closest("[data-adds]");
    if (adder) {
      event.preventDefault();
      add(document.getElementById(adder.dataset.adds), adder.closest("[data-list]"));
    }
    const copier = event.target.closest("[data-copies]");
    if (copier) {
      navigator.clipboard.writeText(document.getElementById(copier.dataset.copies).textContent).then(() => {
        const before = copier.title;
        copier.title = copier.dataset.done;
        copier.setAttribute("aria-label", copier.dataset.done);
        announce(copier.dataset.done);
        setTimeout(() => { copier.title = before; copier.setAttribute("aria-label", before); }, 2000);
      });
    }
    const closing = event.target.closest("[data-dismisses]");
    if (closing) closing.closest(".toast-note").remove();
  });

  // Lists of objects: the template's name prefix ends in [#], which becomes the next free number.
  function add(template, list) {
    const items = list.querySelector("[data-items]");
    const number = String(Math.max(-1, ...all("[data-item]", items).map((item) => Number(item.dataset.item))) + 1);
    const holder = document.createElement("div");
    holder.append(template.content.cloneNode(true));
    for (const element of all("*", holder)) {
      for (const name of ["name", "id", "for", "aria-describedby", "data-item"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll("[#]", "[" + number + "]").replace(/^#$/, number));
      }
    }
    const item = holder.firstElementChild;
    items.append(item);
    const first = item.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus();
    changed(list.closest("form"));
  }

  // Leaving with unsaved changes asks.
  let unsaved = false;
  function changed(form) {
    if (form && form.hasAttribute("data-guard")) {
      unsaved = true;
      all("[data-when-changed]", form).forEach((part) => { part.hidden = false; });
    }
  }
  document.addEventListener("input", (event) => changed(event.target.closest("form")));
  document.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // Rows: all at once, and how many.
  document.addEventListener("change", (event) => {
    const box = event.target;
    const form = box.closest("form");
    if (!form) return;
    if (box.matches("[data-all-rows]")) all("[data-row]", form).forEach((row) => { row.checked = box.checked; });
    if (box.matches("[data-all-rows], [data-row]")) {
      const count = all("[data-row]:checked", form).length;
      all("[data-count]", form).forEach((place) => { place.textContent = String(count); });
    }
    if (box.matches("[data-submits]")) form.requestSubmit();
  });

  // The person types the name of what can't be brought back.
  const lock = (typed) => {
    typed.form.querySelector("[data-needs-typed]").disabled = typed.value !== typed.dataset.typed;
  };
  document.addEventListener("input", (event) => {
    const typed = event.target.closest("[data-typed]");
    if (typed) lock(typed);
  });

  // "/" goes to the search; j and k along the rows; "?" says so, where the product has the dialog for it.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      const field = document.querySelector("[data-search]");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
    if (event.key === "?") {
      const help = document.getElementById("shortcuts");
      if (help && !help.open) { event.preventDefault(); help.showModal(); }
    }
    if (event.key === "j" || event.key === "k") {
      const rows = all("a.row");
      if (rows.length) {
        const at = rows.indexOf(document.activeElement);
        const next = event.key === "j" ? Math.min(rows.length - 1, at + 1) : Math.max(0, at - 1);
        rows[next].focus();
      }
    }
  });

  // Ctrl+K: one field for all that the page offers. Its entries are the page's own links and buttons; what a product knows
  // beyond them it adds when it hears of "palette".
  const palette = document.getElementById("palette");
  if (palette) {
    const field = palette.querySelector("input");
    const list = palette.querySelector("[role=listbox]");
    const most = 50;
    let entries = [];
    let shown = [];
    let at = 0;
    let further = null;

    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    function words(element) {
      const copy = element.cloneNode(true);
      all(".count, .visually-hidden", copy).forEach((part) => part.remove());
      return (copy.textContent.trim() || element.getAttribute("aria-label") || "").replace(/\s+/g, " ");
    }
    const entry = (element, group = "") => ({ label: group + words(element), key: element.dataset.key, run: () => element.click() });
    const link = (element, group) => ({ ...entry(element, group), href: element.href, run: () => location.assign(element.href) });
    const group = (element) => { const name = element.closest("[aria-label]"); return name && name !== element && name.matches("form") ? name.getAttribute("aria-label") + ": " : ""; };

    // Pages below one of the rail are known by the links that it has to them.
    function pagesBelow(parent) {
      const path = new URL(parent.href).pathname;
      return fetch(parent.href)
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((html) => all(`main a[href^="${path}/"]`, new DOMParser().parseFromString(html, "text/html")))
        .then((links) => links.map((one) => {
          const label = one.closest(".row-field")?.querySelector(".form-label, label");
          return { label: words(parent) + ": " + words(label || one), href: new URL(one.getAttribute("href"), location.href).href };
        }))
        .then((found) => found.filter((one, i) => found.findIndex((other) => other.href === one.href) === i))
        .then((found) => found.map((one) => ({ ...one, run: () => location.assign(one.href) })))
        .catch(() => []);
    }

    function score(label, typed) {
      let sum = 0;
      for (const word of typed.split(" ").filter(Boolean)) {
        const found = label.indexOf(word);
        let from = 0;
        const scattered = found < 0 && Array.from(word).every((letter) => (from = label.indexOf(letter, from) + 1) > 0);
        if (found < 0 && !scattered) return 0;
        sum += found === 0 ? 4 : found > 0 ? (/[\p{L}\p{N}]/u.test(label[found - 1]) ? 2 : 3) : 1;
      }
      return sum || 1;
    }
    function choose(index) {
      at = Math.max(0, Math.min(shown.length - 1, index));
      Array.from(list.children).forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
      const chosen = list.children[at];
      if (chosen) { field.setAttribute("aria-activedescendant", chosen.id); chosen.scrollIntoView({ block: "nearest" }); } else field.removeAttribute("aria-activedescendant");
    }
    function show() {
      const typed = field.value.trim();
      const rated = entries.map((one) => ({ one, points: score(plain(one.label), plain(typed)) })).filter(({ points }) => points > 0);
      if (typed) rated.sort((a, b) => b.points - a.points);
      shown = rated.slice(0, most).map(({ one }) => one);
      const search = document.querySelector("[data-search]");
      if (typed && search) shown.push({ label: palette.dataset.search.replace("{0}", typed), key: "/", run: () => { search.value = typed; search.form.requestSubmit(); } });
      list.replaceChildren(...shown.map((one, i) => {
        const option = Object.assign(document.createElement("li"), { id: "palette-" + i });
        option.setAttribute("role", "option");
        option.append(Object.assign(document.createElement("span"), { textContent: one.label }));
        if (one.key) option.append(Object.assign(document.createElement("kbd"), { textContent: one.key }));
        return option;
      }));
      field.setAttribute("aria-expanded", String(shown.length > 0));
      palette.querySelector("[data-none]").hidden = shown.length > 0;
      choose(0);
    }
    function run(index) {
      const chosen = shown[index];
      palette.close();
      if (chosen) chosen.run();
    }
    function open() {
      const own = [];
      document.dispatchEvent(new CustomEvent("palette", { detail: own }));
      entries = [
        ...own,
        ...all("main [data-command]").filter((element) => element.checkVisibility()).map((element) => entry(element)),
        ...all("#rail a[href]").map((element) => link(element)),
        ...all("#person button").map((element) => entry(element, group(element))),
      ];
      const help = document.getElementById("shortcuts");
      if (help) entries.push({ label: words(help.querySelector("h2")), key: "?", run: () => help.showModal() });
      field.value = "";
      palette.showModal();
      show();
      further ??= Promise.all(all("#rail a[data-pages]").map(pagesBelow));
      further.then((pages) => {
        const known = new Set(entries.map((one) => one.href));
        entries.push(...pages.flat().filter((one) => !known.has(one.href)));
        if (palette.open) show();
      });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (palette.open) palette.close(); else if (!document.querySelector("dialog[open]")) open(); else return;
      event.preventDefault();
    });
    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => {
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
      if (to !== undefined) { event.preventDefault(); choose(shown.length && Math.abs(to - at) === 1 ? (to + shown.length) % shown.length : to); }
      if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); run(at); }
    });
    list.addEventListener("click", (event) => { const option = event.target.closest("[role=option]"); if (option) run(Array.from(list.children).indexOf(option)); });
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
  }

  // Parts of a long form: which one is seen, also after it was sent.
  function markPart() {
    const links = all(".parts-of a");
    const chosen = links.find((link) => link.hash && link.hash === location.hash);
    if (!chosen) return;
    links.forEach((link) => link.removeAttribute("aria-current"));
    chosen.setAttribute("aria-current", "true");
  }
  window.addEventListener("hashchange", markPart);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("data-keeps-part") && location.hash) form.action = form.action.replace(/#.*/, "") + location.hash;
  });

  function announce(text) {
    const place = document.getElementById("announcements");
    if (place) place.textContent = text;
  }

  function prepare(root) {
    const first = root.querySelector("[aria-invalid=true]");
    if (first) {
      const closed = first.closest("details");
      if (closed) closed.open = true;
      const part = first.closest(".parts > section");
      if (part && location.hash) location.replace("#" + part.id);
      first.focus();
    }
    all("[data-guard]", root).forEach((form) => {
      if (form.hasAttribute("data-changed")) unsaved = true;
    });
    all("[data-typed]", root).forEach(lock);
    // A narrow window shows a part of the tabs; the chosen one is in it.
    all(".tabs [aria-current]", root).forEach((tab) => {
      const bar = tab.closest(".tabs");
      bar.scrollLeft += Math.max(0, tab.getBoundingClientRect().right - bar.getBoundingClientRect().right);
    });
    all("[data-goes-away]", root).forEach((note) => setTimeout(() => note.remove(), 12000));
  }
  prepare(document);
  markPart();
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
})();
