// Writing: saves as one types, uploads files with their progress. The form works without it.
const form = document.getElementById("compose");
if (form) {
  const saved = document.getElementById("saved");
  const files = document.getElementById("file");
  const bar = form.querySelector("progress");
  const rich = document.getElementById("rich");
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") || "{}"), "HX-Request": "true" };
  const fields = ["from", "to", "cc", "bcc", "subject", "text", "html"];
  const values = () => fields.map((name) => (form.elements[name] ? form.elements[name].value : ""));
  const typed = () => values().join("\u0000") + form.querySelectorAll("[name=kept]:checked").length + form.elements.receipt.checked;
  // What was typed before this script came is no part of what is known.
  const early = [form.elements.subject, rich.hidden ? form.elements.text : null].some((field) => field && field.value !== field.defaultValue);
  let known = early ? "" : typed();

  // What no save has taken yet is kept by this tab, for the page that comes after a reload or after signing in again.
  const place = () => "digidig-writing " + (form.elements.draft.value || location.search);
  function keep() {
    try { sessionStorage.setItem(place(), JSON.stringify(values())); } catch { /* Full: it is saved a moment later anyway. */ }
  }
  function forget(where) { sessionStorage.removeItem(where); }
  const kept = JSON.parse(sessionStorage.getItem(place()) || "null");
  if (kept) {
    fields.forEach((name, i) => { if (form.elements[name]) form.elements[name].value = kept[i] ?? ""; });
    form.dispatchEvent(new Event("restored"));
  }
  const tooLong = () => form.elements.html && form.elements.html.value.length > Number(rich.dataset.longest);
  let timer = null;
  let running = null;

  function snapshot(added) {
    const data = new FormData(form);
    data.delete("file");
    data.delete("do");
    for (const file of added) data.append("file", file, file.name);
    return data;
  }

  // One save at a time: each replaces the copy that the one before made.
  function save(added = []) {
    const turn = (running || Promise.resolve()).then(() => {
      const state = typed();
      if (!added.length && state === known) return;
      if (tooLong()) { saved.textContent = saved.dataset.long; return; }
      const data = snapshot(added);
      const uploads = data.has("file") || data.has("picture");
      saved.textContent = saved.dataset.saving;
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", form.action);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        if (uploads) {
          bar.hidden = false;
          bar.value = 0;
          request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; });
        }
        request.addEventListener("load", () => (request.status === 200 ? resolve(request.responseText) : reject(request.status)));
        request.addEventListener("error", () => reject(0));
        request.send(data);
      }).then((html) => {
        const template = document.createElement("template");
        template.innerHTML = html;
        const boxes = form.querySelectorAll("[name=kept][type=checkbox]");
        const dropped = Array.from(boxes).filter((box) => !box.checked).length;
        const before = place();
        document.getElementById("kept").replaceWith(template.content.querySelector("#kept"));
        known = added.length || dropped ? typed() : state;
        forget(before);
        if (typed() !== known) keep();
        saved.textContent = saved.dataset.saved;
        form.dispatchEvent(new Event("saved"));
        const id = form.elements.draft.value;
        if (id) history.replaceState(null, "", "/compose?draft=" + encodeURIComponent(id));
      });
    }).catch((status) => {
      saved.textContent = status === 413 || (added.length && status === 409) ? saved.dataset.large : status === 422 ? saved.dataset.long : saved.dataset.failed;
      // A service that was started anew knows neither the session nor its token.
      if ((status === 401 || status === 403) && Date.now() - Number(sessionStorage.getItem("digidig-reloaded")) > 30000) {
        keep();
        sessionStorage.setItem("digidig-reloaded", String(Date.now()));
        location.reload();
        return;
      }
      clearTimeout(timer);
      if (status !== 413 && status !== 422) timer = setTimeout(() => save(added.length && status === 0 ? added : []), 5000);
    }).finally(() => { bar.hidden = true; });
    running = turn;
    return turn;
  }

  form.addEventListener("input", (event) => {
    if (event.target === files) return;
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, form.querySelector("[name=kept]") ? 3000 : 800);
  });
  if (kept || early) save();

  function add(list) {
    const chosen = Array.from(list);
    const size = chosen.reduce((sum, file) => sum + file.size, 0);
    if (size > Number(files.dataset.most)) { saved.textContent = saved.dataset.large; files.value = ""; return; }
    if (chosen.length) save(chosen).then(() => { files.value = ""; });
  }
  files.addEventListener("change", () => add(files.files));
  form.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); form.classList.add("over"); } });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) { event.preventDefault(); form.classList.remove("over"); add(event.dataTransfer.files); } });
  form.addEventListener("attach", (event) => add(event.detail));
  form.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); add(event.clipboardData.files); } });

  let going = false;
  form.addEventListener("submit", (event) => {
    if (going) return;
    event.preventDefault();
    if (tooLong() && event.submitter?.value !== "discard") { saved.textContent = saved.dataset.long; return; }
    const button = event.submitter;
    clearTimeout(timer);
    // A save that is under way would leave a second copy. Within the event a form can't be submitted once more.
    (running || Promise.resolve()).finally(() => setTimeout(() => { going = true; forget(place()); form.requestSubmit(button); }));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(form.querySelector("[value=send]")); }
    else if (event.key === "Enter" && event.target === form.elements.subject) { event.preventDefault(); (rich.hidden ? form.elements.text : rich).focus(); }
    else if (event.key === "Enter" && event.target === form.elements.at) { event.preventDefault(); form.requestSubmit(form.querySelector("[value=later]")); }
  });

  // Fields of recipients that are seldom needed.
  const more = form.querySelector(".more-people");
  const spare = Array.from(form.querySelectorAll(".spare"));
  if (more && spare.length) {
    more.hidden = false;
    spare.forEach((line) => { line.hidden = true; });
    more.addEventListener("click", () => { spare.forEach((line) => { line.hidden = false; }); more.hidden = true; spare[0].querySelector("input:not([type=hidden])").focus(); });
  }

  // Another identity brings its signature, where that of the one before was left as it was.
  const text = form.elements.text;
  const from = form.elements.from;
  if (from) {
    const block = (words) => (words.trim() ? "\n\n-- \n" + words + "\n" : "");
    let signature = from.selectedOptions[0].dataset.signature || "";
    const below = text.value.startsWith(block(signature)) ? text.value.slice(block(signature).length) : text.value;
    const quoted = form.elements.draft.value ? "" : below.replace(/^\n+/, "");
    const lines = (words) => ["-- ", ...words.replace(/\r/g, "").split("\n")];
    function sign(before, next) {
      const old = rich.querySelector(":scope > .signature");
      if (before.trim() && (!old || Array.from(old.children, (line) => line.textContent).join("\n") !== lines(before).join("\n"))) return false;
      const made = document.createElement("div");
      made.className = "signature";
      for (const line of lines(next)) made.appendChild(document.createElement("div")).append(line || document.createElement("br"));
      if (old && before.trim()) old.remove();
      if (next.trim()) rich.insertBefore(made, rich.querySelector(":scope > .quoted"));
      rich.dispatchEvent(new Event("input", { bubbles: true }));
      return true;
    }
    from.addEventListener("change", () => {
      const next = from.selectedOptions[0].dataset.signature || "";
      if (!rich.hidden) { if (sign(signature, next)) signature = next; return; }
      const at = signature.trim() ? text.value.lastIndexOf(block(signature)) : quoted && text.value.endsWith(quoted) ? text.value.length - quoted.length - 2 : text.value.length;
      if (at >= 0) text.value = text.value.slice(0, at) + block(next) + text.value.slice(at + block(signature).length);
      signature = at >= 0 ? next : signature;
    });
  }

  // An answer is written above what it quotes.
  const answers = form.elements.answers.value.endsWith("Answered");
  if (answers || form.elements.to.value) { if (rich.hidden) { text.focus(); text.setSelectionRange(0, 0); text.scrollTop = 0; } else rich.focus(); } else (document.getElementById("to-entry") || form.elements.to).focus();
}
