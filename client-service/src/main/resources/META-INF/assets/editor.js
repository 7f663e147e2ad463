// Formatted writing: an editor in place of the field for plain text, which stays where there are no scripts.
const form = document.getElementById("compose");
if (form) {
  const rich = document.getElementById("rich");
  const plain = form.elements.text;
  const saved = document.getElementById("saved");
  const tools = document.getElementById("tools");
  const choice = document.getElementById("formatted");
  const linking = document.getElementById("linking");
  const address = document.getElementById("link-address");
  const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  const html = Object.assign(document.createElement("input"), { type: "hidden", name: "html" });
  form.append(html);

  const take = () => { html.value = rich.hidden ? "" : rich.innerHTML || "<div><br></div>"; };
  function show(formatted) {
    rich.hidden = tools.hidden = !formatted;
    plain.hidden = formatted;
    linking.hidden = true;
    choice.checked = formatted;
    take();
  }
  document.getElementById("format-bar").hidden = false;
  document.execCommand("defaultParagraphSeparator", false, "div");
  document.execCommand("styleWithCSS", false, "false");
  show(rich.dataset.formatted === "true");
  rich.addEventListener("input", take);
  // What a save had not taken was put back into the fields.
  form.addEventListener("restored", () => {
    const formatted = html.value !== "";
    if (formatted) rich.innerHTML = html.value;
    for (const img of standing()) { const its = kept(img.dataset.cid); if (its) img.src = its.dataset.path; else img.remove(); }
    show(formatted);
  });

  // Pictures stand in the text under names of their own, and are parts of the draft from its next save on.
  const picture = document.getElementById("picture");
  const files = document.getElementById("file");
  const held = new Map();
  const standing = () => Array.from(rich.querySelectorAll("img[data-cid]"));
  const kept = (cid) => Array.from(form.querySelectorAll("[name=kept][data-cid]")).find((input) => input.dataset.cid === cid);
  const isPicture = (file) => picture.accept.split(",").includes(file.type);
  function display() {
    for (const img of standing()) if (!img.getAttribute("src") && kept(img.dataset.cid)) img.src = kept(img.dataset.cid).dataset.path;
  }
  function insert(list) {
    const chosen = Array.from(list);
    const sizes = [...chosen, ...held.values()].map((file) => file.size).concat(Array.from(form.querySelectorAll("[name=kept]"), (input) => held.has(input.dataset.cid) ? 0 : Number(input.dataset.size)));
    if (sizes.reduce((sum, size) => sum + size, 0) > Number(files.dataset.most)) { saved.textContent = saved.dataset.large; return; }
    rich.focus();
    if (range) select(range);
    for (const file of chosen) {
      const cid = Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, "0")).join("") + "@digidig";
      held.set(cid, file);
      const img = Object.assign(document.createElement("img"), { alt: file.name });
      img.dataset.cid = cid;
      document.execCommand("insertHTML", false, img.outerHTML);
    }
    range = null;
  }
  // What stands in the text and in no save yet goes with whatever is sent.
  form.addEventListener("formdata", (event) => {
    if (rich.hidden) return;
    for (const cid of new Set(standing().map((img) => img.dataset.cid))) {
      const file = kept(cid) ? null : held.get(cid);
      if (file) { event.formData.append("picture", file, file.name); event.formData.append("cid", cid); }
    }
  });
  form.addEventListener("saved", display);
  // A save replaces the copy in which a picture was found.
  rich.addEventListener("error", (event) => {
    const path = kept(event.target.dataset.cid)?.dataset.path;
    if (path && event.target.getAttribute("src") !== path) event.target.src = path;
  }, true);
  // What is taken out is no part from the next save on, and can still be brought back.
  rich.addEventListener("input", () => {
    const here = new Set(standing().map((img) => img.dataset.cid));
    for (const { dataset } of form.querySelectorAll("[name=kept][data-cid]")) {
      if (here.has(dataset.cid) || held.has(dataset.cid)) continue;
      const name = decodeURIComponent(kept(dataset.cid).value.split("|")[6]);
      fetch(dataset.path).then((answer) => (answer.ok ? answer.blob() : null)).then((blob) => { if (blob) held.set(dataset.cid, new File([blob], name, { type: blob.type })); }).catch(() => {});
    }
  });
  rich.addEventListener("click", (event) => {
    if (event.target.tagName === "IMG") { const whole = document.createRange(); whole.selectNode(event.target); select(whole); }
  });
  picture.addEventListener("change", () => { insert(picture.files); picture.value = ""; });
  function drop(list) {
    const chosen = Array.from(list);
    insert(chosen.filter(isPicture));
    const rest = chosen.filter((file) => !isPicture(file));
    if (rest.length) form.dispatchEvent(new CustomEvent("attach", { detail: rest }));
  }
  let moving = false;
  rich.addEventListener("dragstart", () => { moving = true; });
  rich.addEventListener("dragend", () => { moving = false; });
  rich.addEventListener("drop", (event) => {
    if (moving) { event.stopPropagation(); return; }
    if (!Array.from(event.dataTransfer.files).some(isPicture)) return;
    event.preventDefault();
    event.stopPropagation();
    form.classList.remove("over");
    range = document.caretRangeFromPoint ? document.caretRangeFromPoint(event.clientX, event.clientY) : null;
    drop(event.dataTransfer.files);
  });

  // The service turns one form into the other, and remembers which is wanted.
  choice.addEventListener("change", () => {
    const formatted = choice.checked;
    const body = new FormData();
    body.set("formatted", formatted);
    body.set("text", formatted ? plain.value : "");
    body.set("html", formatted ? "" : rich.innerHTML);
    form.inert = true;
    fetch("/compose/formatted", { method: "POST", headers, body })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((written) => {
        if (formatted) rich.innerHTML = written.html; else plain.value = written.text;
        show(formatted);
        form.inert = false;
        (formatted ? rich : plain).focus();
        form.dispatchEvent(new Event("input"));
      })
      .catch(() => { form.inert = false; choice.checked = !formatted; saved.textContent = saved.dataset.failed; choice.focus(); });
  });

  function within(name) {
    const node = getSelection().anchorNode;
    const found = node && rich.contains(node) && (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(name);
    return found && rich.contains(found) ? found : null;
  }
  const commands = { bold: "bold", italic: "italic", underline: "underline", strike: "strikeThrough", bullets: "insertUnorderedList", numbers: "insertOrderedList" };
  function mark() {
    for (const button of tools.querySelectorAll("[data-tool]")) {
      const tool = button.dataset.tool;
      const pressed = tool === "quote" ? within("blockquote") : tool === "link" ? within("a") : commands[tool] && document.queryCommandState(commands[tool]);
      if (tool !== "clear" && tool !== "picture") button.setAttribute("aria-pressed", String(Boolean(pressed)));
    }
  }
  function run(tool) {
    rich.focus();
    if (tool === "link") { ask(); return; }
    if (tool === "picture") { range = caret(); picture.click(); return; }
    if (tool === "quote") {
      if (within("blockquote")) document.execCommand("outdent"); else document.execCommand("formatBlock", false, "blockquote");
    } else if (tool === "clear") {
      document.execCommand("removeFormat");
      document.execCommand("unlink");
    } else document.execCommand(commands[tool]);
    mark();
  }
  tools.addEventListener("mousedown", (event) => event.preventDefault());
  tools.addEventListener("click", (event) => { const button = event.target.closest("[data-tool]"); if (button) run(button.dataset.tool); });
  document.addEventListener("selectionchange", () => { if (!rich.hidden && rich.contains(getSelection().anchorNode)) mark(); });
  const keys = { b: "bold", i: "italic", u: "underline", k: "link" };
  rich.addEventListener("keydown", (event) => {
    const tool = keys[event.key.toLowerCase()];
    if (tool && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) { event.preventDefault(); event.stopPropagation(); run(tool); }
  });

  let range = null;
  function caret() {
    const selection = getSelection();
    return selection.rangeCount && rich.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : null;
  }
  function select(chosen) { getSelection().removeAllRanges(); getSelection().addRange(chosen); }
  function ask() {
    range = caret();
    address.value = within("a")?.getAttribute("href") || "";
    linking.hidden = false;
    address.focus();
  }
  function back() { linking.hidden = true; rich.focus(); if (range) select(range); }
  function link() {
    back();
    const typed = address.value.trim();
    const old = within("a");
    if (old) { const whole = document.createRange(); whole.selectNodeContents(old); select(whole); }
    const href = /^(https?:|mailto:)/i.test(typed) ? typed : (/^[^/\s]+@[^/\s]+$/.test(typed) ? "mailto:" : "https://") + typed;
    if (!typed) document.execCommand("unlink");
    else if (!getSelection().isCollapsed) document.execCommand("createLink", false, href);
    else {
      const made = document.createElement("a");
      made.href = href;
      made.textContent = typed;
      document.execCommand("insertHTML", false, made.outerHTML);
    }
    mark();
  }
  document.getElementById("link-set").addEventListener("click", link);
  address.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); link(); }
    else if (event.key === "Escape") { event.stopPropagation(); back(); }
  });

  // What is pasted keeps its structure, not its look.
  rich.addEventListener("paste", (event) => {
    const pasted = event.clipboardData.files;
    const page = new DOMParser().parseFromString(event.clipboardData.getData("text/html"), "text/html");
    page.querySelectorAll("style, script, meta, link, title").forEach((element) => element.remove());
    page.querySelectorAll("img").forEach((img) => { if (!kept(img.dataset.cid) && !held.has(img.dataset.cid)) img.remove(); });
    // Programs that put a picture of the text beside the text mean the text.
    const words = page.body.textContent.trim() || page.querySelector("img");
    if (!words && Array.from(pasted).some(isPicture)) {
      event.preventDefault();
      event.stopPropagation();
      range = null;
      drop(pasted);
      return;
    }
    if (!words) return;
    event.preventDefault();
    event.stopPropagation();
    page.body.querySelectorAll("*").forEach((element) => element.getAttributeNames().forEach((name) => { if (!["href", "data-cid", "alt"].includes(name)) element.removeAttribute(name); }));
    page.querySelectorAll("[data-cid]").forEach((img) => { const its = kept(img.dataset.cid); if (its) img.setAttribute("src", its.dataset.path); });
    document.execCommand("insertHTML", false, page.body.innerHTML);
  });
}
