// Swagger UI over the document of one service; its calls go to this service, which adds the person's token.
(() => {
  "use strict";
  const place = document.getElementById("swagger");
  if (!place) return;
  const dark = document.documentElement.dataset.theme === "dark"
    || (document.documentElement.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark-mode", dark);
  // Swagger UI opens what the fragment names.
  if (place.dataset.opened && !location.hash) history.replaceState(null, "", "#" + place.dataset.opened);
  // The operations alone: its usual layout has a head and a main landmark of its own.
  const alone = (system) => ({
    components: {
      OperationsAlone: () => system.React.createElement(
        "div",
        { className: "swagger-ui" },
        system.React.createElement(system.getComponent("SvgAssets")),
        system.React.createElement(system.getComponent("operations", true)),
      ),
    },
  });
  SwaggerUIBundle({
    plugins: [alone],
    layout: "OperationsAlone",
    url: place.dataset.document,
    domNode: place,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    tryItOutEnabled: true,
    validatorUrl: null,
    requestInterceptor: (request) => {
      request.headers["X-CSRF-TOKEN"] = place.dataset.token;
      request.headers["X-Trial"] = "1";
      return request;
    },
  });
  // What Swagger UI keeps from screen readers and the keyboard: names of fields, long texts, a link within a button.
  const tell = () => {
    place.querySelectorAll(".opblock-summary-control a[href]").forEach((link) => link.removeAttribute("href"));
    place.querySelectorAll("pre:not([tabindex])").forEach((text) => text.setAttribute("tabindex", "0"));
    place.querySelectorAll("textarea, select, input").forEach((field) => {
      if (field.labels?.length || field.hasAttribute("aria-label") || field.hasAttribute("aria-labelledby")) return;
      const row = field.closest("[data-param-name]");
      field.setAttribute("aria-label", row ? row.dataset.paramName : place.dataset.body);
    });
  };
  new MutationObserver(tell).observe(place, { childList: true, subtree: true });
})();
