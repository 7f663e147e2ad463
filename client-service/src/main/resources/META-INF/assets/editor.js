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
  form.addEventListener("restored", () => { const formatted = html.value !== ""; if (formatted) rich.innerHTML = html.value; show(formatted); });

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
      if (tool !== "clear") button.setAttribute("aria-pressed", String(Boolean(pressed)));
    }
  }
  function run(tool) {
    rich.focus();
    if (tool === "link") { ask(); return; }
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
  function select(chosen) { getSelection().removeAllRanges(); getSelection().addRange(chosen); }
  function ask() {
    range = getSelection().rangeCount ? getSelection().getRangeAt(0).cloneRange() : null;
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
    if (event.clipboardData.files.length || !event.clipboardData.types.includes("text/html")) return;
    event.preventDefault();
    const page = new DOMParser().parseFromString(event.clipboardData.getData("text/html"), "text/html");
    page.querySelectorAll("img, style, script, meta, link, title").forEach((element) => element.remove());
    page.body.querySelectorAll("*").forEach((element) => element.getAttributeNames().forEach((name) => { if (name !== "href") element.removeAttribute(name); }));
    document.execCommand("insertHTML", false, page.body.innerHTML);
  });
}
