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
  SwaggerUIBundle({
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
})();
