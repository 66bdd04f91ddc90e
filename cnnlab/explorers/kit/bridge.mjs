// Keeps an explorer on the page and its Python object in step. anywidget calls
// `initialize` when the object is made; nothing is drawn.

function initialize({ model }) {
  const key = model.get("key");
  const joinWith = (page) => {
    for (const name of ["state", "guesses"]) {
      page.on(`change:${name}`, () => {
        if (same(page.get(name), model.get(name))) return;
        model.set(name, page.get(name));
        model.save_changes();
      });
      model.on(`change:${name}`, () => {
        if (same(page.get(name), model.get(name))) return;
        page.set(name, model.get(name));
        page.save_changes();
      });
    }
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const onShown = (event) => {
    if (event.detail === key) joinWith(window.cnnlabExplorers.get(key).model);
  };
  const shown = window.cnnlabExplorers?.get(key);
  if (shown) joinWith(shown.model);
  document.addEventListener("cnnlab-explorer", onShown);
  return () => document.removeEventListener("cnnlab-explorer", onShown);
}

export default { initialize };
