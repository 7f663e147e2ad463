// Writing: saves as one types, uploads files with their progress. The form works without it.
const form = document.getElementById("compose");
if (form) {
  const saved = document.getElementById("saved");
  const files = document.getElementById("file");
  const bar = form.querySelector("progress");
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") || "{}"), "HX-Request": "true" };
  const typed = () => ["from", "to", "cc", "bcc", "subject", "text"].map((name) => (form.elements[name] ? form.elements[name].value : "")).join("\u0000") + form.querySelectorAll("[name=kept]:checked").length;
  let known = typed();
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
      saved.textContent = saved.dataset.saving;
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", form.action);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        if (added.length) {
          bar.hidden = false;
          bar.value = 0;
          request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; });
        }
        request.addEventListener("load", () => (request.status === 200 ? resolve(request.responseText) : reject(request.status)));
        request.addEventListener("error", () => reject(0));
        request.send(snapshot(added));
      }).then((html) => {
        const template = document.createElement("template");
        template.innerHTML = html;
        const boxes = form.querySelectorAll("[name=kept]");
        const dropped = Array.from(boxes).filter((box) => !box.checked).length;
        document.getElementById("kept").replaceWith(template.content.querySelector("#kept"));
        known = added.length || dropped ? typed() : state;
        saved.textContent = saved.dataset.saved;
        const id = form.elements.draft.value;
        if (id) history.replaceState(null, "", "/compose?draft=" + encodeURIComponent(id));
      });
    }).catch((status) => {
      saved.textContent = status === 413 || (added.length && status === 409) ? saved.dataset.large : saved.dataset.failed;
      if (status === 401) location.reload();
      clearTimeout(timer);
      timer = setTimeout(() => save(added.length && status === 0 ? added : []), 5000);
    }).finally(() => { bar.hidden = true; });
    running = turn;
    return turn;
  }

  form.addEventListener("input", (event) => {
    if (event.target === files) return;
    clearTimeout(timer);
    timer = setTimeout(save, form.querySelector("[name=kept]") ? 3000 : 800);
  });
  addEventListener("pagehide", () => { if (typed() !== known) save(); });

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
  form.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); add(event.clipboardData.files); } });

  let going = false;
  form.addEventListener("submit", (event) => {
    if (going) return;
    event.preventDefault();
    const button = event.submitter;
    clearTimeout(timer);
    // A save that is under way would leave a second copy. Within the event a form can't be submitted once more.
    (running || Promise.resolve()).finally(() => setTimeout(() => { going = true; form.requestSubmit(button); }));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(form.querySelector("[value=send]")); }
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
    from.addEventListener("change", () => {
      const next = from.selectedOptions[0].dataset.signature || "";
      const at = signature.trim() ? text.value.lastIndexOf(block(signature)) : quoted && text.value.endsWith(quoted) ? text.value.length - quoted.length - 2 : text.value.length;
      if (at >= 0) text.value = text.value.slice(0, at) + block(next) + text.value.slice(at + block(signature).length);
      signature = at >= 0 ? next : signature;
    });
  }

  // An answer is written above what it quotes.
  const answers = form.elements.answers.value.endsWith("Answered");
  if (answers || form.elements.to.value) { text.focus(); text.setSelectionRange(0, 0); text.scrollTop = 0; } else (document.getElementById("to-entry") || form.elements.to).focus();
}
