// Shows explorers on a page without a kernel: a model that is only here, one listener
// list for each name, and `show`, which draws an explorer and returns its tear-down.

/** A model as anywidget gives one to `render`, without a kernel behind it. */
export function createModel(traits) {
  const values = structuredClone(traits);
  const listeners = new Map();
  const changed = new Set();
  return {
    get: (name) => values[name],
    set: (name, value) => {
      values[name] = value;
      changed.add(name);
    },
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

/** Draw an explorer in `el`; returns {model, stop}. */
export async function show({ default: widget }, el, traits = {}) {
  const model = createModel({ state: {}, guesses: [], data: {}, ...traits });
  try {
    const stop = await widget.render({ model, el });
    return { model, stop };
  } catch (error) {
    el.textContent = `This explorer could not be shown: ${error.message}`;
    throw error;
  }
}
