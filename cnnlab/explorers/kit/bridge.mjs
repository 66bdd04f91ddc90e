// Keeps an explorer on the page and its Python object in step. anywidget calls
// `initialize` when the object is made; nothing is drawn.

function initialize({ model }) {
  const key = model.get("key");
  const joinWith = (page) => {
    leave();
    // Data flows from Python to the page only.
    const give = () => {
      if (!Object.keys(model.get("data")).length || same(page.get("data"), model.get("data"))) return;
      page.set("data", model.get("data"));
      page.save_changes();
    };
    give();
    listen("data", give);
    for (const name of ["state", "guesses"]) {
      const copy = (from, to) => {
        if (same(from.get(name), to.get(name))) return;
        to.set(name, from.get(name));
        to.save_changes();
      };
      // The page may have been used before it was joined, or Python's object changed.
      if (page.touched(name)) copy(page, model);
      else copy(model, page);
      page.on(`change:${name}`, () => copy(page, model));
      listen(name, () => copy(model, page));
    }
  };
  // What is shown again replaces what was shown before.
  let heard = [];
  const listen = (name, listener) => {
    model.on(`change:${name}`, listener);
    heard.push([`change:${name}`, listener]);
  };
  const leave = () => {
    heard.forEach(([event, listener]) => model.off(event, listener));
    heard = [];
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const onShown = (event) => {
    if (event.detail === key) joinWith(window.cnnlabExplorers.get(key).model);
  };
  const shown = window.cnnlabExplorers?.get(key);
  if (shown) joinWith(shown.model);
  document.addEventListener("cnnlab-explorer", onShown);
  return () => {
    leave();
    document.removeEventListener("cnnlab-explorer", onShown);
  };
}

export default { initialize };
