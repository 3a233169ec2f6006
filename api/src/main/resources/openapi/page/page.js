'use strict';

/* Shows one document, the first or the one that ?document= names, with links to all of them. */
(async () => {
  const documents = await (await fetch('/openapi/documents.json')).json();
  const wanted = new URLSearchParams(location.search).get('document');
  const readable = documents.filter((each) => each.readable);
  const shown = readable.find((each) => each.file === wanted) ?? readable[0];
  const nav = document.getElementById('documents');
  for (const each of documents) {
    const link = document.createElement('a');
    link.textContent = each.title;
    link.href = each.readable ? '/openapi?document=' + encodeURIComponent(each.file) : '/openapi/' + each.file;
    if (each === shown) {
      link.setAttribute('aria-current', 'page');
    }
    nav.append(link);
  }
  SwaggerUIBundle({
    url: '/openapi/' + shown.file,
    dom_id: '#document',
    /* A page that is for reading must not delete anything by a slip of the hand. */
    supportedSubmitMethods: ['get'],
    validatorUrl: null,
    defaultModelsExpandDepth: 0,
  });
})();
