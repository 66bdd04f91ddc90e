// Shows explorers on a page: a model that is only here, one listener list for each name,
// and `mount`, which draws an explorer in place of its still picture.

/** A model as anywidget gives one to `render`, without a kernel behind it. */
export function createModel(traits) {
  const values = structuredClone(traits);
  const listeners = new Map();
  const changed = new Set();
  const touched = new Set();
  return {
    get: (name) => values[name],
    set: (name, value) => {
      values[name] = value;
      changed.add(name);
      touched.add(name);
    },
    /** Whether a value was ever set here. */
    touched: (name) => touched.has(name),
    save_changes: () => {
      const names = [...changed];
      changed.clear();
      for (const name of names) listeners.get(`change:${name}`)?.forEach((listener) => listener());
    },
    on: (event, listener) => {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(listener);
    },
    off: (event, listener) => {
      if (listener) listeners.get(event)?.delete(listener);
      else listeners.delete(event);
    },
    /** How many listeners there are: a view that was torn down leaves none. */
    count: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

/** Draw an explorer in the last element with this key, and list it for `bridge.mjs`. */
export async function mount({ default: widget }, key, traits) {
  const el = [...document.querySelectorAll(`[data-cl-key="${key}"]`)].at(-1);
  const model = createModel({ state: {}, guesses: [], data: {}, ...traits });
  const still = [...el.childNodes];
  el.replaceChildren();
  // Or a notebook in command mode takes arrow keys and letters away from controls. The
  // attribute is Jupyter's: Notebook 7 looks at a key before the control with the focus does.
  const claim = (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    event.target.toggleAttribute("data-lm-suppress-shortcuts", plain);
    if (plain && event.type === "keydown") event.stopPropagation();
  };
  el.onkeydown = el.onkeyup = claim;
  el.addEventListener("focusin", claim);
  try {
    const stop = await widget.render({ model, el });
    window.cnnlabExplorers ??= new Map();
    window.cnnlabExplorers.set(key, { model, stop });
    document.dispatchEvent(new CustomEvent("cnnlab-explorer", { detail: key }));
  } catch (error) {
    el.replaceChildren(...still, `This picture could not be made interactive: ${error.message}`);
    throw error;
  }
}
