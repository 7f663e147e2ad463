// What the webmail does beyond HTML: opens messages beside their list, acts on them without loading the page, loads older ones
// when they come into sight. Every path and form works without it.
const mail = document.querySelector(".mail[data-folder]");
const csrf = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}");
const words = () => document.getElementById("words")?.dataset ?? {};
const main = () => document.getElementById("main");
let refresh = async () => {};

// Where the profile names no time zone, times are shown in the browser's.
const zone = "digidig-zone=" + encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone || "");
if (!document.cookie.split("; ").includes(zone)) document.cookie = zone + "; path=/; max-age=31536000; SameSite=Lax";

async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: { ...csrf(), "HX-Request": "true", ...options.headers } });
  if (answer.status === 401) { location.reload(); throw new Error("signed out"); }
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// Notices, with a way back.
function toast(text, undo, failed) {
  const place = document.getElementById("toasts");
  const note = document.createElement("div");
  note.className = failed ? "toast-note failed" : "toast-note";
  const said = document.createElement("span");
  said.textContent = text;
  note.append(said);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = words().undo;
    button.addEventListener("click", async () => {
      if (note.contains(document.activeElement)) main().focus();
      note.remove();
      try {
        const done = await (await ask(undo, { method: "POST" })).json();
        toast(done.text);
        await refresh();
      } catch { toast(words().failed, null, true); }
    });
    note.append(button);
  }
  place.replaceChildren(note);
  setTimeout(() => note.remove(), undo ? 12000 : 6000);
}

// What the tab is called: what is unread in the inbox, and the page.
let title = document.title;
function entitle(text = title) {
  title = text;
  const unread = Number(document.getElementById("folders")?.dataset.unread);
  document.title = unread ? `(${unread}) ${title}` : title;
}
entitle();

async function refreshFolders() {
  const rail = document.getElementById("folders");
  if (!rail) return;
  const current = mail ? mail.dataset.folder : "";
  const fresh = fragment(await (await ask("/folders?current=" + encodeURIComponent(current))).text()).querySelector("#folders");
  const focused = rail.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  rail.replaceWith(fresh);
  if (focused) Array.from(fresh.querySelectorAll("a")).find((link) => link.getAttribute("href") === focused)?.focus();
  entitle();
}
if (!mail) document.addEventListener("changed", () => refreshFolders().catch(() => {}));

// Folders are dragged to the favourites, and to another place among them.
const DRAGGED = "application/x-digidig-folder";
const favourite = (event) => event.dataTransfer.types.includes(DRAGGED) ? event.target.closest?.("#favourites li") : null;
document.addEventListener("dragstart", (event) => {
  const link = event.target.closest?.("#folders a[data-folder]");
  if (link) event.dataTransfer.setData(DRAGGED, link.dataset.folder);
});
document.addEventListener("dragover", (event) => {
  const place = favourite(event);
  document.querySelectorAll("#favourites li.over").forEach((one) => { if (one !== place) one.classList.remove("over"); });
  if (place) { event.preventDefault(); place.classList.add("over"); }
});
document.addEventListener("drop", async (event) => {
  const at = favourite(event);
  if (!at) return;
  event.preventDefault();
  at.classList.remove("over");
  const place = Array.from(at.parentElement.children).indexOf(at);
  try {
    await ask("/settings/folders/" + encodeURIComponent(event.dataTransfer.getData(DRAGGED)) + "/favourite", { method: "POST", body: new URLSearchParams({ place }) });
    await refreshFolders();
  } catch { toast(words().failed, null, true); }
});

if (mail) {
  const list = mail.querySelector(".list");
  const rows = document.getElementById("rows");
  const pane = document.getElementById("reading");
  const form = document.getElementById("chosen");
  const base = "/mail/" + encodeURIComponent(mail.dataset.folder);
  const query = new URLSearchParams(location.search).get("q");
  const all = () => Array.from(rows.querySelectorAll(".row-message"));
  const wide = () => mail.dataset.pane !== "off" && matchMedia("(min-width: 1101px)").matches;
  const opened = () => rows.querySelector(".row-message.open");
  let listPath = opened() || mail.classList.contains("reading") ? base + (query ? "?q=" + encodeURIComponent(query) : "") : location.pathname + location.search;
  const listTitle = title;

  // A frame of HTML mail can't be looked into, so it gets what the server thinks it needs, and at least what the pane has left.
  function fit(root) {
    for (const frame of root.querySelectorAll("iframe.html-mail")) {
      const article = frame.closest("article");
      const alone = !article.closest("li") && !article.querySelector(".folded");
      const set = () => {
        const above = frame.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
        const left = alone ? pane.clientHeight - above - 8 : 0;
        frame.style.height = Math.max(80, left, Math.min(Number(frame.dataset.height), Math.max(240, pane.clientHeight - 70))) + "px";
      };
      set();
      new ResizeObserver(set).observe(pane);
    }
  }

  function mark(row) {
    all().forEach((one) => {
      const is = one === row;
      one.classList.toggle("open", is);
      const link = one.querySelector(".opens");
      if (is) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
  }

  let asked = 0;
  async function open(path, row, push) {
    const mine = ++asked;
    const slow = setTimeout(() => pane.classList.add("waiting"), 300);
    try {
      const part = fragment(await (await ask(path)).text());
      if (mine !== asked) return;
      const article = part.querySelector("article");
      const inside = pane.contains(document.activeElement);
      pane.replaceChildren(article);
      pane.scrollTop = 0;
      mail.classList.add("reading");
      // A change may have put another line in its place meanwhile.
      row = row && all().find((one) => one.dataset.id === row.dataset.id);
      if (row) {
        mark(row);
        if (row.classList.contains("unread")) { row.classList.remove("unread"); refreshFolders().catch(() => {}); }
        row.scrollIntoView({ block: "nearest" });
      }
      entitle(article.querySelector("h2").textContent + " · DIGiDIG");
      if (push) history.pushState({ message: path }, "", path);
      fit(pane);
      if (!wide() || inside) pane.focus();
    } catch (failure) {
      toast(navigator.onLine ? words().failed : words().offline, null, true);
    } finally {
      clearTimeout(slow);
      pane.classList.remove("waiting");
    }
  }

  // A message of a conversation opens in its place, and folds again.
  async function unfold(link) {
    const item = link.parentElement;
    const open = item.querySelector("article");
    link.setAttribute("aria-expanded", String(!open));
    if (open) { open.remove(); return; }
    try {
      const path = link.getAttribute("href");
      item.append(fragment(await (await ask(path + "?alone=true")).text()).querySelector("article"));
      link.querySelector(".who").classList.remove("fw-bold");
      fit(item);
    } catch { link.removeAttribute("aria-expanded"); toast(words().failed, null, true); }
  }

  function close(push) {
    asked++;
    const row = opened();
    mail.classList.remove("reading");
    mark(null);
    pane.replaceChildren();
    entitle(listTitle);
    if (push) history.pushState({}, "", listPath);
    if (row) row.querySelector(".opens").focus();
  }

  addEventListener("popstate", () => {
    const match = location.pathname.match(/^\/mail\/[^/]+\/([^/]+)$/);
    if (match) {
      const row = all().find((one) => one.dataset.id === decodeURIComponent(match[1]));
      open(location.pathname + location.search, row, false);
    } else if (location.pathname === base) {
      close(false);
    } else {
      location.reload();
    }
  });

  let last = null;
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.button !== 0) return;
    const link = event.target.closest("a.opens");
    if (link && !link.dataset.draft) {
      event.preventDefault();
      const row = link.closest(".row-message");
      if (event.shiftKey) { pick(row, true); return; }
      open(link.getAttribute("href"), row, true);
      return;
    }
    const folded = event.target.closest("a[data-unfolds]");
    if (folded) { event.preventDefault(); unfold(folded); return; }
    const again = event.target.closest("a[data-reopens]");
    if (again) { event.preventDefault(); open(again.getAttribute("href"), opened(), false); return; }
    if (event.target.closest("[data-back]")) { event.preventDefault(); close(true); return; }
    if (event.target.closest("[data-prints]")) print();
    const box = event.target.closest("input[data-row]");
    if (box) pick(box.closest(".row-message"), event.shiftKey, box.checked);
    const menu = document.querySelector("details.further[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });

  // With shift: all between the one before and this one.
  function pick(row, range, state = true) {
    const every = all();
    if (range && last && every.includes(last)) {
      const [from, to] = [every.indexOf(last), every.indexOf(row)].sort((a, b) => a - b);
      every.slice(from, to + 1).forEach((one) => { one.querySelector("input[data-row]").checked = state; });
    } else {
      row.querySelector("input[data-row]").checked = state;
    }
    last = row;
  }

  function chosen() {
    const picked = all().filter((row) => row.querySelector("input[data-row]").checked);
    return picked.length ? picked : opened() ? [opened()] : [];
  }

  function clear() {
    all().forEach((row) => { row.querySelector("input[data-row]").checked = false; });
    const whole = form.querySelector("[data-all-rows]");
    if (whole) whole.checked = false;
  }

  async function act(action, targets, to) {
    if (!targets.length) { toast(words().none); return; }
    const body = new URLSearchParams({ do: action, uids: targets.map((row) => row.dataset.uids).join(",") });
    if (to) body.set("to", to);
    const moves = ["archive", "delete", "junk", "inbox", "move"].includes(action);
    const here = opened();
    try {
      const done = await (await ask(base + "/messages", { method: "POST", body })).json();
      if (moves) {
        const gone = targets.includes(here);
        const next = neighbour(gone ? here : targets[0], targets);
        const focused = [...targets, ...(gone ? [pane] : [])].some((part) => part.contains(document.activeElement));
        targets.forEach((row) => row.remove());
        if (gone && next && wide()) open(next.querySelector(".opens").getAttribute("href"), next, true);
        else if (gone) close(true);
        if (focused) (next ? next.querySelector(".opens") : main()).focus();
      } else {
        const change = { read: ["unread", false], unread: ["unread", true], flag: ["flagged", true], unflag: ["flagged", false] }[action];
        targets.forEach((row) => row.classList.toggle(change[0], change[1]));
        if (change[0] === "flagged") await refreshRows();
        if (action === "unread" && here && targets.includes(here)) close(true);
      }
      clear();
      toast(done.text, done.undo);
      refreshFolders().catch(() => {});
    } catch {
      toast(navigator.onLine ? words().failed : words().offline, null, true);
    }
  }

  function neighbour(row, without) {
    const every = all().filter((one) => one === row || !without.includes(one));
    const at = every.indexOf(row);
    return every[at + 1] || every[at - 1] || null;
  }

  document.addEventListener("submit", (event) => {
    const target = event.target;
    if (target === form && event.submitter && event.submitter.value !== "forward") {
      event.preventDefault();
      act(event.submitter.value, chosen(), form.elements.to.value);
    } else if (target.matches("form.one") && event.submitter && !target.closest("li")) {
      event.preventDefault();
      const row = opened() || all().find((one) => one.dataset.uids === target.elements.uids.value);
      if (row) act(event.submitter.value, [row]); else target.submit();
    } else if (target.matches("form[data-reopens]")) {
      event.preventDefault();
      ask(target.action, { method: "POST", body: new URLSearchParams(new FormData(target)) })
        .then(() => open(location.pathname, opened(), false)).catch(() => toast(words().failed, null, true));
    }
  });

  // What gestures.js hears of.
  rows.addEventListener("act", (event) => act(event.detail, [event.target]));

  // Older messages, before they are reached.
  const watcher = new IntersectionObserver((entries) => {
    const seen = entries.find((entry) => entry.isIntersecting);
    if (seen) older(seen.target);
  }, { root: list, rootMargin: "600px" });
  const watch = () => rows.querySelectorAll(".more").forEach((more) => watcher.observe(more));
  async function older(more) {
    watcher.unobserve(more);
    try {
      const page = more.parentElement;
      const next = page.cloneNode(false);
      next.append(fragment(await (await ask(more.dataset.next)).text()));
      more.remove();
      page.after(next);
      watch();
    } catch { /* The link remains. */ }
  }

  // The newest page again: what is new comes on top, what changed is changed, what is gone is taken out.
  async function refreshRows() {
    const part = fragment(await (await ask(base + (query ? "?q=" + encodeURIComponent(query) : ""))).text());
    const fresh = Array.from(part.querySelectorAll(".row-message"));
    const byUid = new Map(all().map((row) => [row.dataset.uid, row]));
    const lowest = part.querySelector(".more") && fresh.length ? Math.min(...fresh.map((row) => Number(row.dataset.uid))) : 0;
    const names = new Set(fresh.map((row) => row.dataset.uid));
    for (const [uid, row] of byUid) {
      if (Number(uid) >= lowest && !names.has(uid)) row.remove();
    }
    let before = null;
    for (const row of fresh) {
      const known = byUid.get(row.dataset.uid);
      if (!known) {
        if (before) before.after(row); else rows.querySelector("ol").prepend(row);
        before = row;
        continue;
      }
      before = known;
      if (known.className.replace(" open", "").trim() !== row.className.trim() || known.querySelector(".marks").innerHTML !== row.querySelector(".marks").innerHTML) {
        const focused = known.contains(document.activeElement);
        row.querySelector("input[data-row]").checked = known.querySelector("input[data-row]").checked;
        row.classList.toggle("open", known.classList.contains("open"));
        known.replaceWith(row);
        if (focused) row.querySelector(".opens").focus();
        before = row;
      }
    }
    const empty = list.querySelector(".empty");
    if (empty && fresh.length) empty.remove();
    watch();
  }

  refresh = async () => { await refreshRows(); await refreshFolders(); };

  // Messages are dragged to folders.
  rows.addEventListener("dragstart", (event) => {
    const row = event.target.closest(".row-message");
    if (!row) return;
    if (!row.querySelector("input[data-row]").checked) { clear(); pick(row, false); }
    event.dataTransfer.setData("application/x-digidig", chosen().map((one) => one.dataset.uids).join(","));
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const folder = event.target.closest && event.target.closest("[data-folder]:not(.mail)");
    document.querySelectorAll(".folders a.over").forEach((one) => { if (one !== folder) one.classList.remove("over"); });
    if (folder && event.dataTransfer.types.includes("application/x-digidig")) {
      event.preventDefault();
      folder.classList.add("over");
    }
  });
  document.addEventListener("drop", (event) => {
    const folder = event.target.closest && event.target.closest("[data-folder]:not(.mail)");
    if (folder && event.dataTransfer.types.includes("application/x-digidig")) {
      event.preventDefault();
      folder.classList.remove("over");
      act("move", chosen(), folder.dataset.folder);
    }
  });

  // Those that a key or the palette acts on.
  function meant() {
    const focused = document.activeElement.closest(".row-message");
    const picked = all().filter((row) => row.querySelector("input[data-row]").checked);
    return picked.length ? picked : opened() ? [opened()] : focused ? [focused] : [];
  }

  // What the palette offers for them: what the bars over list and message offer.
  document.addEventListener("palette", (event) => {
    const rows = meant();
    const offer = (element, run) => event.detail.push({ label: (element.title || element.textContent.trim()).replace(` (${element.dataset.key})`, ""), key: element.dataset.key, run });
    for (const link of pane.querySelectorAll(":scope > article > header > .message-bar a[data-key]")) offer(link, () => link.click());
    if (!rows.length) return;
    for (const button of form.querySelectorAll(".bulk-actions button[title]:not([value=forward])")) offer(button, () => act(button.value, rows));
    for (const folder of form.elements.to.options) event.detail.push({ label: words().move.replace("{0}", folder.text), run: () => act("move", rows, folder.value) });
  });

  // The Gmail set of keys.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    const step = (by) => {
      const every = all();
      const at = every.indexOf(opened() || document.activeElement.closest(".row-message"));
      const row = every[Math.max(0, Math.min(every.length - 1, at + by))];
      if (!row) return;
      if (opened()) open(row.querySelector(".opens").getAttribute("href"), row, true);
      else { row.querySelector(".opens").focus(); row.scrollIntoView({ block: "nearest" }); }
    };
    const back = () => { if (mail.classList.contains("reading")) close(true); };
    const press = (key) => { const link = pane.querySelector(`[data-key="${key}"]`); if (link) link.click(); };
    const keys = {
      j: () => step(1), k: () => step(-1),
      u: back, Escape: back,
      e: () => act("archive", meant()), "#": () => act("delete", meant()), "!": () => act("junk", meant()),
      s: () => { const rows = meant(); act(rows.every((row) => row.classList.contains("flagged")) ? "unflag" : "flag", rows); },
      I: () => act("read", meant()), U: () => act("unread", meant()),
      x: () => { const row = document.activeElement.closest(".row-message") || opened(); if (row) pick(row, false, !row.querySelector("input[data-row]").checked); },
      r: () => press("r"), a: () => press("a"), f: () => press("f"),
      z: () => document.querySelector("#toasts .btn:not([data-dismisses])")?.click(),
      c: () => document.querySelector(".folders .write").click(),
    };
    const action = keys[event.key];
    if (action) { event.preventDefault(); event.stopImmediatePropagation(); action(); }
  }, true);

  // Changes made elsewhere, of which live.js hears.
  let due = null;
  const soon = () => { if (!due) due = setTimeout(() => { due = null; refresh().catch(() => {}); }, 250); };
  document.addEventListener("changed", soon);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });

  watch();
  fit(document);
  const now = opened();
  if (now) now.scrollIntoView({ block: "nearest" });
}
