// Recipients as chips, with completion. The form's field stays the truth: what the chips show stands in it, as it was typed.
const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") || "{}"), "HX-Request": "true" };

// Commas, semicolons and line ends part recipients, but not within quotes or angle brackets.
function split(text) {
  const parts = [];
  let part = "";
  let quoted = false;
  let angle = false;
  for (const c of text) {
    if (c === '"' && !part.endsWith("\\")) quoted = !quoted;
    if (!quoted && (c === "<" || c === ">")) angle = c === "<";
    if (!quoted && !angle && /[,;\n\r\t]/.test(c)) { parts.push(part); part = ""; } else part += c;
  }
  parts.push(part);
  return parts.flatMap((one) => {
    const words = one.trim().split(/\s+/);
    return !/[<"]/.test(one) && words.length > 1 && words.every((word) => word.includes("@")) ? words : [one.trim()];
  });
}
const address = (text) => (text.match(/<([^<>]*)>\s*$/) || [text, text])[1].trim();
const name = (text) => text.replace(/<[^<>]*>\s*$/, "").trim().replace(/^"(.*)"$/, "$1").replace(/\\(.)/g, "$1");
const valid = (text) => /^(?:"[^"]+"|[^\s@<>,;:"()[\]\\]+)@[^\s@<>,;:"()[\]\\.]+(?:\.[^\s@<>,;:"()[\]\\.]+)*$/u.test(address(text));

for (const field of document.querySelectorAll("[data-people]")) {
  const list = document.getElementById(field.getAttribute("aria-controls"));
  const words = field.dataset;
  const entry = field.cloneNode();
  entry.removeAttribute("name");
  entry.removeAttribute("value");
  entry.value = "";
  entry.id = field.id + "-entry";
  entry.className = "bare entry";
  document.querySelector(`label[for="${field.id}"]`).htmlFor = entry.id;
  field.type = "hidden";
  const chips = document.createElement("ul");
  chips.className = "chips";
  chips.setAttribute("aria-label", words.chips);
  const last = document.createElement("li");
  last.className = "chip-entry";
  last.append(entry);
  chips.append(last);
  field.after(chips);
  const doubt = document.createElement("p");
  doubt.className = "doubt";
  doubt.setAttribute("role", "status");
  list.after(doubt);
  let items = split(field.value).filter(Boolean);
  const doubts = new Map();

  const sync = () => { field.value = [...items, entry.value.trim()].filter(Boolean).join(", "); };
  const changed = () => { sync(); field.dispatchEvent(new Event("input", { bubbles: true })); };

  function render() {
    chips.querySelectorAll(".chip").forEach((chip) => chip.remove());
    last.before(...items.map((item, at) => {
      const chip = document.createElement("li");
      const bad = !valid(item);
      const doubtful = doubts.get(address(item));
      chip.className = "chip" + (bad ? " bad" : doubtful ? " soon" : "");
      const text = document.createElement("button");
      text.type = "button";
      text.className = "chip-text";
      text.tabIndex = -1;
      text.textContent = name(item) || address(item);
      text.title = item;
      if (bad || doubtful) {
        const why = document.createElement("span");
        why.className = "visually-hidden";
        why.textContent = ": " + (bad ? words.invalid : doubtful);
        text.append(why);
      }
      text.addEventListener("click", () => edit(at));
      text.addEventListener("keydown", (event) => onChip(event, at));
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "chip-remove";
      remove.tabIndex = -1;
      remove.textContent = "×";
      remove.setAttribute("aria-label", words.remove.replace("{0}", name(item) || address(item)));
      remove.addEventListener("click", () => { drop(at); entry.focus(); });
      chip.append(text, remove);
      return chip;
    }));
    const invalid = items.filter((item) => !valid(item)).map((item) => item + ": " + words.invalid);
    doubt.textContent = [...invalid, ...items.map((item) => doubts.get(address(item))).filter(Boolean)].join(" · ");
  }

  function add(texts) {
    const known = new Set(items.map((item) => address(item).toLowerCase()));
    const fresh = texts.filter((text) => text && !known.has(address(text).toLowerCase()) && known.add(address(text).toLowerCase()));
    items.push(...fresh);
    entry.value = "";
    close();
    render();
    changed();
    look(fresh);
  }

  // Domains that only look like one that is known.
  async function look(fresh) {
    const asked = fresh.filter(valid).map(address).slice(0, 50);
    if (!asked.length) return;
    try {
      const answer = await fetch("/compose/doubts?" + new URLSearchParams(asked.map((one) => ["address", one])), { headers });
      if (!answer.ok) return;
      for (const found of await answer.json()) doubts.set(found.address, found.text);
      if (doubts.size) render();
    } catch { /* The question comes again before it is sent. */ }
  }

  function drop(at) {
    items.splice(at, 1);
    render();
    changed();
  }
  function edit(at) {
    if (entry.value.trim()) add(split(entry.value));
    const [item] = items.splice(at, 1);
    render();
    entry.value = item;
    changed();
    entry.focus();
  }
  const focus = (at) => { const all = chips.querySelectorAll(".chip-text"); if (at >= all.length) entry.focus(); else if (at >= 0) all[at].focus(); };
  function onChip(event, at) {
    const keys = { ArrowLeft: () => focus(Math.max(0, at - 1)), ArrowRight: () => focus(at + 1), Home: () => focus(0), End: () => focus(items.length),
      Escape: () => entry.focus(), Backspace: () => { drop(at); focus(at ? at - 1 : items.length ? 0 : 1); }, Delete: () => { drop(at); focus(at); } };
    if (keys[event.key]) { event.preventDefault(); event.stopPropagation(); keys[event.key](); }
  }

  // Completion.
  let at = -1;
  let asked = 0;
  let wait = null;
  function close() {
    clearTimeout(wait);
    asked++;
    list.hidden = true;
    list.replaceChildren();
    at = -1;
    entry.setAttribute("aria-expanded", "false");
    entry.removeAttribute("aria-activedescendant");
  }
  const take = (written) => add(split(written));
  const mark = (next) => {
    const all = Array.from(list.children);
    at = (next + all.length) % all.length;
    all.forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
    entry.setAttribute("aria-activedescendant", all[at].id);
  };
  entry.addEventListener("input", () => {
    clearTimeout(wait);
    const parts = split(entry.value);
    // What stands before a comma is whole.
    if (parts.length > 1) {
      const rest = parts.pop();
      add(parts);
      entry.value = rest;
    }
    sync();
    const word = entry.value.trim();
    if (word.length < 2) { close(); return; }
    wait = setTimeout(async () => {
      const mine = ++asked;
      try {
        const answer = await fetch("/compose/people?q=" + encodeURIComponent(word), { headers });
        const people = answer.ok ? await answer.json() : [];
        if (mine !== asked || document.activeElement !== entry) return;
        if (!people.length) { close(); return; }
        list.replaceChildren(...people.map((person, i) => {
          const item = document.createElement("li");
          item.id = list.id + "-" + i;
          item.setAttribute("role", "option");
          item.setAttribute("aria-selected", "false");
          item.textContent = person.shown;
          item.dataset.written = person.written;
          item.addEventListener("mousedown", (event) => { event.preventDefault(); take(person.written); });
          return item;
        }));
        list.hidden = false;
        entry.setAttribute("aria-expanded", "true");
        mark(0);
      } catch { close(); }
    }, 120);
  });
  entry.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!list.hidden) {
      if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); return; }
      if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); return; }
      if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(list.children[at].dataset.written); return; }
      if (event.key === "Escape") { event.stopPropagation(); close(); return; }
    }
    const start = entry.selectionStart === 0 && entry.selectionEnd === 0;
    if (event.key === "Enter") { event.preventDefault(); if (entry.value.trim()) add(split(entry.value)); }
    if (start && items.length && (event.key === "ArrowLeft" || event.key === "Backspace")) { event.preventDefault(); focus(items.length - 1); }
  });
  entry.addEventListener("paste", (event) => {
    const parts = split(event.clipboardData.getData("text/plain")).filter(Boolean);
    if (parts.length > 1 && !entry.value) { event.preventDefault(); add(parts); }
  });
  entry.addEventListener("blur", () => setTimeout(() => {
    if (document.activeElement === entry) return;
    close();
    if (entry.value.trim()) add(split(entry.value));
  }, 100));
  chips.addEventListener("click", (event) => { if (event.target === chips || event.target === last) entry.focus(); });
  // The page put back what was typed before it was loaded again.
  field.form.addEventListener("restored", () => { items = split(field.value).filter(Boolean); render(); });
  render();
  look(items);
}
