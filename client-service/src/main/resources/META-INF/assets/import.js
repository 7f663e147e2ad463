// Import: says before an upload that it is too large, and shows how far it is. The form works without it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-import]")) return;
  event.preventDefault();
  const { file } = form.elements;
  const error = document.getElementById("file-error");
  const upload = form.querySelector("[data-upload]");
  const bar = upload.querySelector("progress");
  const chosen = Array.from(file.files);
  const refuse = (why) => {
    upload.hidden = true;
    error.textContent = why;
    file.setAttribute("aria-invalid", String(Boolean(why)));
    form.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = false; });
    if (why) file.focus();
  };
  refuse("");
  if (chosen.length > Number(form.dataset.mostFiles)) { refuse(form.dataset.files); return; }
  if (chosen.reduce((sum, one) => sum + one.size, 0) > Number(form.dataset.most)) { refuse(form.dataset.large); return; }

  form.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = true; });
  upload.hidden = false;
  bar.value = 0;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.addEventListener("progress", (sent) => { if (sent.lengthComputable) bar.value = 100 * sent.loaded / sent.total; });
  request.addEventListener("load", () => {
    const next = request.response && request.response.getElementById("import");
    if (!next) { refuse(request.status === 413 ? form.dataset.large : form.dataset.failed); return; }
    const here = document.getElementById("import");
    here.replaceWith(next);
    window.htmx.process(next);
    const wrong = next.querySelector("[aria-invalid=true]");
    if (wrong) wrong.focus();
  });
  request.addEventListener("error", () => refuse(form.dataset.failed));
  request.send(new FormData(form));
});
